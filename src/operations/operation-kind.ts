import type { z } from 'zod';
import type { Transaction } from '../database';
import type { EngineIdentity, EnginePorts, GuestAddress, Sighting, Watched, WriteOptions } from '../engine';
import type { LeftBehind, Memo, Operation, OperationResult, WaitingFor } from './operation';

/**
 * What a step found, having been asked once:
 * - `done`: the next step's turn
 * - `waiting`: ask again after so long, or at once when somebody says so; `for` is null while the engine is at work
 */
export type StepResult =
  | { is: 'done'; memo?: Memo; message?: string; result?: OperationResult }
  | { is: 'waiting'; for: WaitingFor | null; againMs: number; memo?: Memo; progress?: number | null; message?: string };

export interface StepContext<Input> {
  readonly operation: Operation;
  readonly input: Input;
  /** Whenever it is read. */
  readonly now: Date;
  /** Since when the step runs. */
  readonly since: Date;
  /** The service stops, or the operation is somebody else's now. */
  readonly signal: AbortSignal;
  /**
   * Asks the engine, or does something there, as whoever began the operation. Few at a time for each engine.
   * @throws what makes the runner wait: no live session, an engine that does not answer, a lock
   */
  act<T>(call: (engine: EnginePorts, as: EngineIdentity, write: WriteOptions) => Promise<T>): Promise<T>;
  /** What the engine says now of what is waited for: one look for all operations that wait there. */
  look(watched: Watched): Promise<Sighting>;
  /** What the guest of a VM tells; null where the VM is not shown to who looks. Shared as well. */
  addresses(vmId: string): Promise<GuestAddress[] | null>;
  /** Writes down, before something that cannot be done twice. */
  note(memo: Memo): Promise<void>;
}

/**
 * One step: a function of what is written down and of what the engine says now. It may be called any number of times, and
 * after any of its calls the process may be gone: what was done already it finds done.
 */
export interface Step<Input> {
  readonly name: string;
  readonly title: string;
  /** Whether the operation may be cancelled while it runs. */
  readonly cancellable: boolean;
  /** How long it may take before it fails, apart from what it waits for somebody or an engine that is away; default 1 h. */
  readonly withinMs?: number;
  /** Whether what was made stays when it fails: a guest runs by then. */
  readonly keeps?: boolean;
  run(context: StepContext<Input>): Promise<StepResult>;
  /** Removes what `run` made or was about to make, whether it came to that or not. */
  undo?(context: StepContext<Input>): Promise<StepResult>;
}

/** A kind of operation: its steps, in order. */
export interface OperationKind<Input = unknown> {
  readonly kind: string;
  readonly input: z.ZodType<Input>;
  readonly steps: readonly Step<Input>[];
  /** What stands in the engine when undoing fails, or is not wanted. */
  leftBehind?(memo: Memo): LeftBehind[];
  /** In the unit of work that ends it. */
  ended?(tx: Transaction, operation: Operation): Promise<void>;
}

/** The kinds there are: each room that has some adds them. */
export class OperationKinds {
  private readonly kinds = new Map<string, OperationKind>();

  add<Input>(kind: OperationKind<Input>): void {
    if (this.kinds.has(kind.kind)) throw new Error(`Two operations are ${kind.kind}`);
    this.kinds.set(kind.kind, kind);
  }

  get names(): string[] {
    return [...this.kinds.keys()].sort();
  }

  /** Undefined for one of another version. */
  find(kind: string): OperationKind | undefined {
    return this.kinds.get(kind);
  }

  /** @throws Error */
  get(kind: string): OperationKind {
    const found = this.kinds.get(kind);
    if (found === undefined) throw new Error(`No operation is ${kind}`);
    return found;
  }
}
