import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditTrail } from '../audit';
import { AppError } from '../common/app-error';
import { Clock } from '../common/clock';
import { UnitOfWork } from '../database';
import { appErrorOf } from '../compute-resources';
import { EngineError } from '../engine';
import { EngineAccess } from './engine-access';
import type { OperationKind, StepContext, StepResult } from './operation-kind';
import { isUnforeseen, meaningOf, type Meaning } from './operation-fault';
import { valuesOf } from './operation-rows';
import { OperationStore } from './operation.store';
import {
  cancelled,
  isOverNow,
  isOverdue,
  stepBegins,
  stepFailed,
  stepFound,
  turnOf,
  type Turn,
} from './operation-turn';
import type { Memo, Operation } from './operation';

/** What all drives share. */
@Injectable()
export class DriveParts {
  constructor(
    readonly store: OperationStore,
    readonly work: UnitOfWork,
    readonly clock: Clock,
    readonly engines: EngineAccess,
    readonly trail: AuditTrail,
  ) {}
}

/** It is another instance's by now. */
class Lost extends Error {}

/** Nobody needs to hold what waits for a person; a sign-in makes it due, unless it came just before. */
const SIGN_IN_MS = 5_000;
/** What waits for so long is given back: an engine that is away keeps no room from the operations of others. */
const LONG_MS = 30_000;

/** Runs one operation, step by step, until it is over, waits for a person, or is not ours any more. */
export class OperationDrive {
  private readonly logger = new Logger(OperationDrive.name);
  private readonly stopping = new AbortController();
  private nudged = new AbortController();

  /**
   * @param owner the instance
   * @param input of what was asked for, which may open no more
   */
  constructor(
    readonly operation: Operation,
    private readonly kind: OperationKind,
    private readonly input: () => unknown,
    private readonly owner: string,
    private readonly parts: DriveParts,
  ) {}

  /** Never rejects. */
  async run(): Promise<void> {
    try {
      while (!this.stopping.signal.aborted && (await this.once()));
    } catch (error) {
      // What was written down last is what counts: whoever takes it next goes on from there.
      if (!(error instanceof Lost) && !this.stopping.signal.aborted)
        this.logger.warn(error, `operation ${this.operation.id} is given up by this instance`);
    }
  }

  /** Somebody wants it cancelled. */
  cancel(): void {
    this.operation.cancelRequested = true;
    this.nudge();
  }

  /** What it waits for may have come. */
  nudge(): void {
    this.nudged.abort();
  }

  stop(): void {
    this.stopping.abort();
    this.nudge();
  }

  /** @returns whether to go on */
  private async once(): Promise<boolean> {
    const { operation } = this;
    const now = this.parts.clock.now();
    const turn = turnOf(operation, this.kind);
    if (turn === null) return this.end(now);
    if (operation.cancelRequested && turn.way === 'run' && turn.step.cancellable) {
      cancelled(operation, turn, now);
      await this.save();
      return true;
    }
    const before = this.written();
    stepBegins(operation, turn, now);
    if (this.written() !== before) await this.save();
    const begun = this.written();
    const result = await this.ask(turn);
    if (this.written() !== begun) await this.save();
    if (result?.is !== 'waiting') return true;
    if (result.for === 'sign_in') return this.handBack(Math.max(result.againMs, SIGN_IN_MS));
    if (result.againMs >= LONG_MS) return this.handBack(result.againMs);
    await this.wait(result.againMs);
    return true;
  }

  /** What the step found; null when it has failed. */
  private async ask(turn: NonNullable<Turn>): Promise<StepResult | null> {
    const { operation } = this;
    const { step, record, way } = turn;
    try {
      const context = this.contextOf(record.startedAt ?? this.parts.clock.now());
      const result = way === 'run' ? await step.run(context) : await step.undo?.(context);
      const now = this.parts.clock.now();
      stepFound(operation, turn, result ?? { is: 'done' }, now);
      if (isOverdue(operation, turn, now)) throw tookTooLong(turn);
      return result ?? null;
    } catch (error) {
      if (error instanceof Lost || this.stopping.signal.aborted) throw error;
      return this.met(error, turn);
    }
  }

  private met(error: unknown, turn: NonNullable<Turn>): StepResult | null {
    const { operation, kind } = this;
    const now = this.parts.clock.now();
    if (isUnforeseen(error)) this.logger.error(error, `operation ${operation.id} (${kind.kind}) fails`);
    const meaning = this.meaningOf(error, now);
    if ('waitFor' in meaning) {
      const { waitFor, againMs } = meaning;
      const result: StepResult = { is: 'waiting', for: waitFor, againMs, message: this.wordsOf(error) };
      stepFound(operation, turn, result, now);
      return isOverdue(operation, turn, now) ? this.met(tookTooLong(turn), turn) : result;
    }
    const keep = meaning.keep || turn.step.keeps === true;
    stepFailed(operation, turn, meaning.fault, { now, willUndo: !keep });
    if (keep || turn.way === 'undo') operation.leftBehind = kind.leftBehind?.(operation.memo) ?? [];
    return null;
  }

  private meaningOf(error: unknown, now: Date): Meaning {
    const { waitingFor, waitingSince, computeResource } = this.operation;
    const waited = { for: waitingFor, ms: waitingSince === null ? 0 : now.getTime() - waitingSince.getTime() };
    return meaningOf(error, waited, (refused) => appErrorOf(computeResource?.name ?? '', refused));
  }

  /** Of what it waits for; nobody who has not signed in needs to be told why. */
  private wordsOf(error: unknown): string | undefined {
    const { computeResource } = this.operation;
    if (error instanceof EngineError) return appErrorOf(computeResource?.name ?? '', error).message;
    return error instanceof AppError ? error.message : undefined;
  }

  private contextOf(since: Date): StepContext<unknown> {
    const { operation, parts, stopping } = this;
    const { signal } = stopping;
    const write = { correlationId: operation.id, signal };
    return {
      operation,
      input: this.input(),
      get now() {
        return parts.clock.now();
      },
      since,
      signal,
      act: (call) => parts.engines.act(operation, (engine, as) => call(engine, as, write)),
      look: (watched) => parts.engines.look(operation, watched, signal),
      addresses: (vmId) => parts.engines.addresses(operation, vmId, signal),
      note: (memo: Memo) => {
        Object.assign(operation.memo, memo);
        return this.save();
      },
    };
  }

  private async wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.nudged.signal, ref: false }).catch(() => undefined);
    if (this.nudged.signal.aborted) this.nudged = new AbortController();
  }

  private async end(now: Date): Promise<false> {
    const { operation, kind, parts } = this;
    isOverNow(operation, now);
    await parts.work.run(async (tx) => {
      if (!(await parts.store.save(tx, this.owner, operation))) throw new Lost();
      await kind.ended?.(tx, operation);
      await parts.trail.record(
        {
          actor: operation.login,
          action: `operation.${operation.state}`,
          subject: operation.title,
          outcome: operation.state === 'failed' ? 'refused' : 'ok',
          reason: [operation.id, operation.error?.message].filter(Boolean).join(': '),
        },
        tx,
      );
    });
    return false;
  }

  private async handBack(afterMs: number): Promise<false> {
    const { parts, operation } = this;
    await parts.work.run((tx) => parts.store.release(tx, this.owner, [operation.id], afterMs));
    return false;
  }

  private async save(): Promise<void> {
    const { parts, operation } = this;
    const isOurs = await parts.work.run((tx) => parts.store.save(tx, this.owner, operation));
    if (!isOurs) throw new Lost();
  }

  private written(): string {
    return JSON.stringify(valuesOf(this.operation));
  }
}

function tookTooLong({ step, way }: NonNullable<Turn>): AppError {
  const what = way === 'run' ? `"${step.title}"` : `Undoing "${step.title}"`;
  return new AppError('conflict', `${what} has not ended in time, and is given up`, { reason: 'took_too_long' });
}
