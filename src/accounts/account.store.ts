import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { dialectRules } from '../common/sql-dialect';
import type { RowOf, Transaction } from '../database';
import { User, SessionStore, UserStore } from '../auth';

/** All columns of a user that a person decides on. */
export interface AccountFields {
  login: string;
  firstname: string | null;
  lastname: string | null;
  mail: string | null;
  admin: boolean;
  disabled: boolean;
  roleIds: number[];
}

/** Writes accounts; a change takes effect at once, in running sessions too. */
@Injectable()
export class AccountStore {
  constructor(
    private readonly sessions: SessionStore,
    private readonly users: UserStore,
    private readonly clock: Clock,
  ) {}

  /** Whether a local user of this login exists, other than the one with id `except`. */
  async isTaken(tx: Transaction, login: string, except: number): Promise<boolean> {
    const rows = await tx.query('SELECT id FROM users WHERE login = ? AND engine_id IS NULL AND id <> ?', [
      login,
      except,
    ]);
    return rows.length > 0;
  }

  /** Administrators that could sign in with a password if this user could not. They stay so until the work ends. */
  async otherAdmins(tx: Transaction, id: number): Promise<number> {
    const admins = await tx.query<RowOf<User, 'id'>>(
      `SELECT id FROM users WHERE admin = ? AND disabled = ? AND password_hash IS NOT NULL
       ORDER BY id ${dialectRules(tx.dialect).lock('UPDATE')}`,
      [true, false],
    );
    return admins.filter((admin) => admin.id !== id).length;
  }

  async create(tx: Transaction, fields: AccountFields, passwordHash: string): Promise<number> {
    const now = this.clock.now().getTime();
    const { login, firstname, lastname, mail, admin, disabled } = fields;
    const [row] = await tx.query<RowOf<User, 'id'>>(
      `INSERT INTO users (login, firstname, lastname, mail, admin, disabled, password_hash, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      [login, firstname, lastname, mail, admin, disabled, passwordHash, now, now],
    );
    if (row === undefined) throw new Error('the user was not made');
    await this.setRoles(tx, row.id, fields.roleIds);
    return row.id;
  }

  /** Writes what is given; what others changed meanwhile stays. */
  async update(tx: Transaction, id: number, { roleIds, ...fields }: Partial<AccountFields>): Promise<void> {
    await tx.manager.update(User, id, { ...fields, updatedAt: this.clock.now() });
    if (roleIds !== undefined) await this.setRoles(tx, id, roleIds);
    if (fields.disabled) await this.sessions.endAllOf(tx, id);
    await this.users.changed(tx);
  }

  /** Ends the user's sessions but the one with the digest `keep`. Credentials that were remembered no longer fit. */
  async setPassword(tx: Transaction, id: number, passwordHash: string, keep?: string): Promise<void> {
    await tx.execute('UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ?', [
      passwordHash,
      this.clock.now().getTime(),
      id,
    ]);
    await this.sessions.endAllOf(tx, id, keep);
  }

  async remove(tx: Transaction, id: number): Promise<void> {
    await this.sessions.endAllOf(tx, id);
    await tx.execute('DELETE FROM users WHERE id = ?', [id]);
    await this.users.changed(tx);
  }

  private async setRoles(tx: Transaction, id: number, roleIds: readonly number[]): Promise<void> {
    await tx.execute('DELETE FROM user_roles WHERE user_id = ?', [id]);
    await tx.insertRows({
      into: 'user_roles',
      columns: { user_id: 'integer', role_id: 'integer' },
      rows: [...new Set(roleIds)].map((roleId) => [id, roleId]),
      then: 'RETURNING role_id',
    });
  }
}
