import type { Actor } from '../common/actor';
import type { Transaction } from '../database';

/** Whether an engine may be changed or joined. @throws AppError forbidden */
export type EngineRule = (tx: Transaction, engineId: number) => Promise<void>;

/** What this room must know of the people who sign in; a room above keeps them. */
export abstract class EnginePeople {
  /** What the actor may do to engines. */
  abstract ruleFor(actor: Actor): EngineRule;
  abstract exist(tx: Transaction, engineId: number): Promise<boolean>;
  /** Local users and an engine's people are told apart by the prefix: the login of a local user that begins so, if any. */
  abstract localLoginWith(tx: Transaction, prefix: string): Promise<string | null>;
  /** Ends the sessions of engines that sign nobody in any more. */
  abstract endSessions(tx: Transaction): Promise<void>;
}
