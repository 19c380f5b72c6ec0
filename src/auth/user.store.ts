import { Injectable } from '@nestjs/common';
import { permissionsIn, type Actor } from '../common/actor';
import { Clock } from '../common/clock';
import type { ComputeResource } from '../compute-resources';
import { Database, Memo, Signals, type NotNull, type OrNull, type RowOf, type Transaction } from '../database';
import { BUILTIN_ROLES } from './roles';
import type { Role, User } from './user.entity';

/** A user with a password of ours. */
export interface LocalUser {
  id: number;
  login: string;
  passwordHash: string;
}

@Injectable()
export class UserStore {
  private readonly actors = new Memo((userId: number) => this.load(userId));

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly signals: Signals,
  ) {
    for (const topic of ['users', 'engines'] as const) signals.on(topic, () => this.actors.forget());
  }

  /** @returns whether the user may log in with that password still: it may be another one by now, or the user disabled or gone */
  async loggedIn(tx: Transaction, { id, passwordHash }: LocalUser): Promise<boolean> {
    const sql = 'UPDATE users SET last_login_at = ? WHERE id = ? AND password_hash = ? AND disabled = ?';
    return (await tx.execute(sql, [this.clock.now().getTime(), id, passwordHash, false])) > 0;
  }

  /** Of a login; null when there is none. */
  async localByLogin(login: string): Promise<LocalUser | null> {
    const [user] = await this.database.query<NotNull<RowOf<User, 'id' | 'login' | 'password_hash'>>>(
      'SELECT id, login, password_hash FROM users WHERE login = ? AND password_hash IS NOT NULL',
      [login.toLowerCase()],
    );
    return user === undefined ? null : { id: user.id, login: user.login, passwordHash: user.password_hash };
  }

  /** Who a user is and what their roles permit; null when gone or disabled. */
  actor(userId: number): Promise<Actor | null> {
    return this.actors.get(userId);
  }

  /** Call when a user, a role or a token is changed. */
  changed(tx: Transaction): Promise<void> {
    return this.signals.notify(tx, 'users');
  }

  private async load(userId: number): Promise<Actor | null> {
    const rows = await this.database.query<
      RowOf<User, 'login' | 'admin' | 'disabled' | 'engine_id'> & OrNull<RowOf<Role, 'permissions'>>
    >(
      `SELECT u.login, u.admin, u.disabled, u.engine_id, r.permissions FROM users u
       LEFT JOIN user_roles ur ON ur.user_id = u.id LEFT JOIN roles r ON r.id = ur.role_id WHERE u.id = ?`,
      [userId],
    );
    const [user] = rows;
    if (user === undefined || Boolean(user.disabled)) return null;
    const permissions = rows.flatMap((row) => (row.permissions === null ? [] : permissionsIn(row.permissions)));
    return {
      kind: 'user',
      userId,
      name: user.login,
      ...(user.engine_id !== null && (await this.engineOf(user.engine_id))),
      admin: Boolean(user.admin),
      permissions: new Set(permissions),
    };
  }

  private async engineOf(engineId: number): Promise<Pick<Actor, 'engineId' | 'engineName'>> {
    const resources = await this.database.query<RowOf<ComputeResource, 'name'>>(
      'SELECT name FROM compute_resources WHERE engine_id = ? ORDER BY id',
      [engineId],
    );
    return { engineId, engineName: resources.map(({ name }) => name).join(', ') };
  }

  /** Makes the roles every installation has; permissions of existing ones are brought up to date. */
  async ensureBuiltinRoles(tx: Transaction): Promise<void> {
    for (const { name, description, permissions } of BUILTIN_ROLES)
      await tx.query(
        `INSERT INTO roles (name, description, permissions, builtin) VALUES (?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET description = excluded.description, permissions = excluded.permissions RETURNING id`,
        [name, description, JSON.stringify(permissions), true],
      );
  }
}
