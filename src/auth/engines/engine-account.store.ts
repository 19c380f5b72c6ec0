import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { dialectRules } from '../../common/sql-dialect';
import { normaliseLogin, type EngineUser } from '../../engine';
import { storable, type RowOf, type Transaction } from '../../database';
import { FIRST_ROLE } from '../roles';
import type { User } from '../user.entity';

/** An engine's person, and how they may get an account. */
export interface EngineAccount {
  engineId: number;
  owner: EngineUser;
  /** Whether a first login makes the account. */
  register: boolean;
}

export type EngineAccountOutcome =
  { userId: number; login: string } | { refused: 'engine_disabled' | 'not_registered' | 'account_disabled' };

/** Accounts of people who sign in through an engine: the same person is the same (engine, engine user id). */
@Injectable()
export class EngineAccountStore {
  constructor(private readonly clock: Clock) {}

  /** Finds or makes the account, with what the engine tells of the person today. The role is given once, at the start. */
  async signIn(tx: Transaction, { engineId, owner, register }: EngineAccount): Promise<EngineAccountOutcome> {
    if (!(await this.signsIn(tx, engineId))) return { refused: 'engine_disabled' };
    const known = await this.find(tx, engineId, owner.id);
    if (known === null && !register) return { refused: 'not_registered' };
    const login = storable(normaliseLogin(owner.userName));
    const userId = known ?? (await this.make(tx, engineId, owner.id, login));
    const now = this.clock.now().getTime();
    const updated = await tx.execute(
      `UPDATE users SET login = ?, firstname = ?, lastname = ?, mail = ?, last_login_at = ?, updated_at = ?
       WHERE id = ? AND disabled = ?`,
      [login, text(owner.firstName), text(owner.lastName), text(owner.email), now, now, userId, false],
    );
    return updated > 0 ? { userId, login } : { refused: 'account_disabled' };
  }

  /** It may have been switched off or deleted since it was asked. It stays as it is until the work ends. */
  private async signsIn(tx: Transaction, engineId: number): Promise<boolean> {
    const lock = dialectRules(tx.dialect).lock('SHARE');
    const sql = `SELECT id FROM compute_resources WHERE engine_id = ? AND enabled = ? ${lock}`;
    return (await tx.query(sql, [engineId, true])).length > 0;
  }

  private async find(tx: Transaction, engineId: number, engineUserId: string): Promise<number | null> {
    const [row] = await tx.query<RowOf<User, 'id'>>('SELECT id FROM users WHERE engine_id = ? AND engine_user_id = ?', [
      engineId,
      engineUserId,
    ]);
    return row?.id ?? null;
  }

  /** Two first logins at once make one account. */
  private async make(tx: Transaction, engineId: number, engineUserId: string, login: string): Promise<number> {
    const now = this.clock.now().getTime();
    const [made] = await tx.query<RowOf<User, 'id'>>(
      `INSERT INTO users (login, engine_id, engine_user_id, admin, disabled, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (engine_id, engine_user_id) DO NOTHING RETURNING id`,
      [login, engineId, engineUserId, false, false, now, now],
    );
    const id = made?.id ?? (await this.find(tx, engineId, engineUserId));
    if (id === null) throw new Error('the account is neither new nor known');
    if (made !== undefined)
      await tx.execute('INSERT INTO user_roles (user_id, role_id) SELECT ?, id FROM roles WHERE name = ?', [
        id,
        FIRST_ROLE,
      ]);
    return id;
  }
}

const text = (given: string | null) => given && storable(given);
