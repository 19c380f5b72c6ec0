import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Periodic } from '../common/periodic';
import { dialectRules } from '../common/sql-dialect';
import { Database, Signals } from '../database';
import { DriveParts, OperationDrive } from './operation-drive';
import { OperationInputs } from './operation-inputs';
import { OperationKinds } from './operation-kind';
import { LEASE_MS, type HeldOperation } from './operation.store';

/** Others are told at once; this is for what nobody tells: a lease that ran out, a notification that was lost. */
const LOOK_MS = LEASE_MS / 4;
const AT_ONCE = 200;
const MOST = 2_000;

/** Runs operations: takes what is due and nobody runs, and says that it lives. */
@Injectable()
export class OperationRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(OperationRunner.name);
  private readonly owner = randomUUID();
  private readonly drives = new Map<string, { drive: OperationDrive; done: Promise<void> }>();
  private looking?: Promise<void>;
  private again = false;
  private stopped = false;
  private renewedAt = 0;
  private readonly periodic = new Periodic({
    everyMs: LOOK_MS,
    work: () => this.look(),
    onFailure: (error) => this.logger.warn(error, 'operations wait for the database'),
  });

  constructor(
    private readonly database: Database,
    private readonly parts: DriveParts,
    private readonly kinds: OperationKinds,
    private readonly inputs: OperationInputs,
    private readonly signals: Signals,
  ) {
    signals.on('operations', () => void this.look().catch(() => undefined)); // the next look comes by itself
  }

  async onApplicationBootstrap(): Promise<void> {
    // The only process of its database: whoever held something is gone.
    const isAlone = dialectRules(this.database.dialect).notify === null;
    if (isAlone) await this.parts.work.run((tx) => this.parts.store.releaseAll(tx, null));
    this.periodic.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    await this.periodic.stop();
    await this.looking?.catch(() => undefined);
    for (const { drive } of this.drives.values()) drive.stop();
    await Promise.all([...this.drives.values()].map(({ done }) => done));
    await this.parts.work
      .run(async (tx) => {
        if ((await this.parts.store.releaseAll(tx, this.owner)) > 0) await this.signals.notify(tx, 'operations');
      })
      .catch(() => undefined);
  }

  /** One at a time; whoever asks meanwhile gets one more. */
  private look(): Promise<void> {
    this.again = this.looking !== undefined;
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = undefined;
      if (this.again && !this.stopped) void this.look().catch(() => undefined);
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    if (this.stopped) return;
    this.giveUpSilently();
    await this.renew();
    for (;;) {
      const room = Math.min(AT_ONCE, MOST - this.drives.size);
      if (room <= 0 || this.stopped) return;
      const claimed = await this.parts.store.claim(this.owner, this.kinds.names, room);
      for (const held of claimed) this.begin(held);
      if (claimed.length < room) return;
    }
  }

  /** Who could not say that it lives is taken for dead by the others: what it holds is theirs. */
  private giveUpSilently(): void {
    if (this.drives.size === 0 || performance.now() - this.renewedAt < LEASE_MS) return;
    for (const { drive } of this.drives.values()) drive.stop();
  }

  private async renew(): Promise<void> {
    const askedAt = performance.now();
    const ours = await this.parts.store.renew(this.owner);
    this.renewedAt = askedAt;
    for (const [id, { drive }] of this.drives) {
      const wanted = ours.get(id);
      if (wanted === undefined) drive.stop();
      else if (wanted && !drive.operation.cancelRequested) drive.cancel();
    }
    await this.giveBack([...ours.keys()].filter((id) => !this.drives.has(id)));
  }

  /** What this instance holds and could not go on with: the database failed it in the middle. */
  private async giveBack(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.parts.work.run((tx) => this.parts.store.release(tx, this.owner, ids));
  }

  private begin(held: HeldOperation): void {
    const { operation, sealedInput } = held;
    const former = this.drives.get(operation.id);
    if (former !== undefined) return void former.done.then(() => this.stopped || this.begin(held)); // it is about to end: it gave it back
    const kind = this.kinds.get(operation.kind);
    const drive = new OperationDrive(
      operation,
      kind,
      () => this.inputs.open(kind, operation, sealedInput),
      this.owner,
      this.parts,
    );
    const done = drive.run().finally(() => this.drives.delete(operation.id));
    this.drives.set(operation.id, { drive, done });
  }
}
