import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { Clock, MINUTE_MS } from '../common/clock';
import { dialectRules } from '../common/sql-dialect';
import { Database, UnitOfWork, storable, type RowOf, type Transaction } from '../database';
import { EngineError, type EngineErrorKind } from '../engine';
import type { PasswordAttempt } from './compute-resource.entity';
import { EngineMerges } from './engine-merges';

/** The fifth wrong password in a row locks an account of the engine's own directory for an hour (oVirt: aaa-jdbc MAX_FAILURES_SINCE_SUCCESS). */
const MOST = 4;
const WINDOW_MS = 15 * MINUTE_MS;
/** A refusal takes an engine 5 s; who waits for another attempt comes back then. */
const SOON_SECONDS = 6;
/** Longer than an attempt may take: what is in flight since then was lost with its instance. */
const LOST_MS = MINUTE_MS;
/** What an engine may have counted as a wrong password. */
const COUNTED: EngineErrorKind[] = ['unauthorized', 'timeout', 'connection_lost', 'unavailable'];

/**
 * Bounds the wrong passwords that reach an account of an engine, over all instances and whatever they are tried for. What
 * is in flight counts as wrong until it turns out to be right.
 */
@Injectable()
export class PasswordAttempts {
  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    merges: EngineMerges,
  ) {
    merges.add({ tables: ['engine_password_attempts'], merge: (tx, from, into) => merge(tx, from, into) });
  }

  /**
   * @param user as it is given to the engine, such as `admin@internal`
   * @param attempt sends the password once, and does nothing else; EngineErrors tell what became of it
   * @throws AppError too_many_requests when it might lock the account, and what the attempt throws
   */
  async run<T>(engineId: number, user: string, attempt: () => Promise<T>): Promise<T> {
    const account = accountOf(user);
    this.demandLeft(await recent(this.database, engineId, account, this.nowMs)); // what is refused writes nothing
    const id = await this.work.run((tx) => this.begin(tx, engineId, account));
    let counts = false;
    try {
      return await attempt();
    } catch (error) {
      counts = error instanceof EngineError && COUNTED.includes(error.kind);
      throw error;
    } finally {
      await this.work.run((tx) => settle(tx, id, counts));
    }
  }

  private async begin(tx: Transaction, engineId: number, account: string): Promise<number> {
    // attempts at one engine begin one after the other, on whatever instance
    await tx.query(`SELECT id FROM engines WHERE id = ? ${dialectRules(tx.dialect).lock('NO KEY UPDATE')}`, [engineId]);
    await tx.execute('DELETE FROM engine_password_attempts WHERE at <= ?', [this.nowMs - WINDOW_MS]);
    this.demandLeft(await recent(tx, engineId, account, this.nowMs));
    const [row] = await tx.query<RowOf<PasswordAttempt, 'id'>>(
      'INSERT INTO engine_password_attempts (engine_id, account, at, wrong) VALUES (?, ?, ?, ?) RETURNING id',
      [engineId, account, this.nowMs, false],
    );
    if (row === undefined) throw new Error('the attempt was not noted');
    return row.id;
  }

  private demandLeft(attempts: Recent[]): void {
    if (attempts.length < MOST) return;
    const isOver = ({ at, wrong }: Recent) => Boolean(wrong) || at <= this.nowMs - LOST_MS;
    const allOver = attempts.every(isOver);
    const seconds = allOver
      ? Math.max(1, Math.ceil(((attempts[0]?.at ?? 0) + WINDOW_MS - this.nowMs) / 1_000))
      : SOON_SECONDS;
    const known = allOver
      ? `${MOST} were wrong within ${WINDOW_MS / MINUTE_MS} minutes`
      : `${MOST} are being tried now or were wrong lately`;
    throw new AppError(
      'too_many_requests',
      `Another wrong password could lock this account at the engine for an hour: ${known}. Try again ${seconds < 60 ? 'in a moment' : `in ${Math.ceil(seconds / 60)} min`}.`,
      { reason: 'too_many_attempts', retryAfterSeconds: seconds },
    );
  }

  private get nowMs(): number {
    return this.clock.now().getTime();
  }
}

type Recent = RowOf<PasswordAttempt, 'at' | 'wrong'>;

function recent(sql: Pick<Transaction, 'query'>, engineId: number, account: string, nowMs: number): Promise<Recent[]> {
  return sql.query<Recent>(
    `SELECT at, wrong FROM engine_password_attempts WHERE engine_id = ? AND account = ? AND at > ?
     ORDER BY at, id LIMIT ${MOST}`,
    [engineId, account, nowMs - WINDOW_MS],
  );
}

async function settle(tx: Transaction, id: number, counts: boolean): Promise<void> {
  if (counts) await tx.execute('UPDATE engine_password_attempts SET wrong = ? WHERE id = ?', [true, id]);
  else await tx.execute('DELETE FROM engine_password_attempts WHERE id = ?', [id]);
}

async function merge(tx: Transaction, from: number, into: number): Promise<void> {
  await tx.execute('UPDATE engine_password_attempts SET engine_id = ? WHERE engine_id = ?', [into, from]);
}

/** Directories tell neither case nor spaces nor, some of them, accents apart. */
function accountOf(user: string): string {
  const plain = user.normalize('NFKD').replace(/[\p{M}\s]/gu, '');
  return storable(plain.toLowerCase().slice(0, 255));
}
