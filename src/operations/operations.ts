import { Injectable } from '@nestjs/common';
import { AuditTrail, type AuditAuthor } from '../audit';
import { mayOneOf, type Actor } from '../common/actor';
import { AppError, notFound } from '../common/app-error';
import { Signals, type Transaction } from '../database';
import type { RepeatableRequest } from './idempotency.store';
import { OperationBeginnings, type Wanted } from './operation-beginnings';
import { OperationKinds } from './operation-kind';
import { isCancellable } from './operation-turn';
import { OperationStore } from './operation.store';
import type { ActsAs, Operation } from './operation';

export interface Begun {
  operation: Operation;
  /** It was begun by the same request before. */
  repeated: boolean;
}

/** Of one person, so that nobody takes the places of all. */
const MOST_UNFINISHED = 500;

/** Begins operations, shows them and cancels them. */
@Injectable()
export class Operations {
  constructor(
    private readonly beginnings: OperationBeginnings,
    private readonly store: OperationStore,
    private readonly kinds: OperationKinds,
    private readonly trail: AuditTrail,
    private readonly signals: Signals,
  ) {}

  /** The operation that the same request began; look before anything is validated, whose answer is another by now. */
  async repeated(
    actsAs: Pick<ActsAs, 'userId' | 'accessKeyId'>,
    request: RepeatableRequest | undefined,
  ): Promise<Operation | null> {
    const id = request && (await this.beginnings.idempotency.find(actsAs, request));
    return id === null || id === undefined ? null : this.store.get(id);
  }

  /**
   * Keeps an operation, durable before this resolves; somebody will run it.
   * @param within what is kept together with it
   * @throws AppError conflict idempotency_mismatch
   */
  async begin(
    by: AuditAuthor,
    wanted: Wanted,
    {
      request,
      within,
    }: { request?: RepeatableRequest; within?: (tx: Transaction, operation: Operation) => Promise<void> } = {},
  ): Promise<Begun> {
    const { kind, input } = wanted;
    const operation = this.beginnings.of(by, wanted, this.kinds.get(kind));
    const sealed = this.beginnings.inputs.seal(operation.id, input);
    const former = await this.beginnings.work.run(async (tx) => {
      await this.store.insert(tx, operation, sealed);
      const same = request && (await this.beginnings.idempotency.keep(tx, operation.actsAs, request, operation.id));
      if (same !== null && same !== undefined) {
        await this.store.removeNew(tx, operation.id);
        return same;
      }
      await this.demandRoom(tx, operation);
      await within?.(tx, operation);
      await this.trail.change(by, 'operation.begin', operation.title, `${kind} ${operation.id}`, tx);
      await this.signals.notify(tx, 'operations');
      return null;
    });
    return former === null
      ? { operation, repeated: false }
      : { operation: await this.store.get(former), repeated: true };
  }

  private async demandRoom(tx: Transaction, { actsAs: { userId } }: Operation): Promise<void> {
    if (userId === null || (await this.store.unfinishedOf(tx, userId)) <= MOST_UNFINISHED) return;
    throw new AppError(
      'too_many_requests',
      `${MOST_UNFINISHED} of your operations are not over yet: wait for some of them, or cancel them`,
      { reason: 'too_many_operations', retryAfterSeconds: 60 },
    );
  }

  /** One's own, or anybody's with view_operations. @throws AppError not_found */
  async get(actor: Actor, id: string): Promise<Operation> {
    const operation = await this.store.get(id);
    if (!maySee(actor, operation)) throw notFound('operation', id);
    return operation;
  }

  /** The same; null where there is none, or the caller may not see it. */
  async seen(actor: Actor, id: string): Promise<Operation | null> {
    const [operation] = await this.store.byIds([id]);
    return operation !== undefined && maySee(actor, operation) ? operation : null;
  }

  /** One's own, or anybody's as an administrator. @throws AppError not_found, forbidden, conflict not_cancellable */
  async cancel(by: AuditAuthor, id: string): Promise<Operation> {
    const operation = await this.get(by.actor, id);
    if (!by.actor.admin && !isOwn(by.actor, operation))
      throw new AppError(
        'forbidden',
        `${operation.title} is ${operation.login}'s: they or an administrator may cancel it`,
      );
    if (!this.isCancellable(operation))
      throw new AppError('conflict', `${operation.title} cannot be cancelled: ${whyNot(operation)}`, {
        reason: 'not_cancellable',
      });
    await this.beginnings.work.run(async (tx) => {
      if (!(await this.store.requestCancel(tx, id))) return;
      await this.trail.change(by, 'operation.cancel', operation.title, id, tx);
      await this.signals.notify(tx, 'operations');
    });
    return this.store.get(id);
  }

  /** Whether an operation goes on still, whoever's it is. */
  async isUnfinished(id: string): Promise<boolean> {
    const [operation] = await this.store.byIds([id]);
    return operation !== undefined && operation.finishedAt === null;
  }

  /** What this version does not know is not. */
  isCancellable(operation: Operation): boolean {
    const kind = this.kinds.find(operation.kind);
    return kind !== undefined && isCancellable(operation, kind);
  }
}

export const mayViewAll = (actor: Actor): boolean => mayOneOf(actor, ['view_operations']);

function maySee(actor: Actor, operation: Operation): boolean {
  return mayViewAll(actor) || isOwn(actor, operation);
}

function isOwn(actor: Actor, { actsAs }: Operation): boolean {
  return actor.userId !== undefined && actor.userId === actsAs.userId;
}

function whyNot({ finishedAt, state, cancelRequested, undoing }: Operation): string {
  if (finishedAt !== null) return `it has ${state}`;
  if (cancelRequested) return 'that is under way';
  return undoing ? 'it is being undone' : 'what it does now cannot be stopped safely; when it has ended, undo it';
}
