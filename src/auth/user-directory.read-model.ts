import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import type { Permission } from '../common/actor';
import type { Page } from '../common/paging';
import { EngineRegistry } from '../compute-resources';
import { Database, placeholders } from '../database';

/** A user as administrators see them. */
export interface UserDetails {
  id: number;
  login: string;
  firstname: string | null;
  lastname: string | null;
  mail: string | null;
  admin: boolean;
  disabled: boolean;
  /** Null for local users. */
  engineId: number | null;
  /** "Internal", or the names of the engine's compute resources. */
  authSource: string;
  roles: { id: number; name: string; permissions: Permission[] }[];
  lastLoginAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

interface UserRow {
  id: number;
  login: string;
  firstname: string | null;
  lastname: string | null;
  mail: string | null;
  admin: unknown;
  disabled: unknown;
  engine_id: number | null;
  last_login_at: number | null;
  created_at: number;
  updated_at: number;
}

const COLUMNS =
  'id, login, firstname, lastname, mail, admin, disabled, engine_id, last_login_at, created_at, updated_at';
const MATCH = `WHERE LOWER(login || ' ' || COALESCE(firstname, '') || ' ' || COALESCE(lastname, '') || ' ' || COALESCE(mail, '')) LIKE ? ESCAPE '!'`;

@Injectable()
export class UserDirectory {
  constructor(
    private readonly database: Database,
    private readonly engines: EngineRegistry,
  ) {}

  /** By login; `search` is a part of login, name or mail. */
  async list({ search, page, perPage }: { search: string; page: number; perPage: number }): Promise<Page<UserDetails>> {
    const pattern = `%${search.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
    const [counts, rows] = await Promise.all([
      this.database.query<{ total: number; subtotal: number }>(
        `SELECT (SELECT COUNT(*) FROM users) AS total, (SELECT COUNT(*) FROM users ${MATCH}) AS subtotal`,
        [pattern],
      ),
      this.database.query<UserRow>(`SELECT ${COLUMNS} FROM users ${MATCH} ORDER BY login, id LIMIT ? OFFSET ?`, [
        pattern,
        perPage,
        (page - 1) * perPage,
      ]),
    ]);
    const { total = 0, subtotal = 0 } = counts[0] ?? {};
    return { total: Number(total), subtotal: Number(subtotal), page, perPage, rows: await this.withRoles(rows) };
  }

  /** @throws AppError not_found */
  async get(id: string | number): Promise<UserDetails> {
    const rows = /^\d{1,9}$/.test(String(id))
      ? await this.database.query<UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = ?`, [Number(id)])
      : [];
    const [user] = await this.withRoles(rows);
    if (user === undefined)
      throw new AppError('not_found', `Resource user not found by id '${String(id).slice(0, 100)}'`);
    return user;
  }

  private async withRoles(rows: UserRow[]): Promise<UserDetails[]> {
    if (rows.length === 0) return [];
    const labels = new Map((await this.engines.list()).map(({ engineId, label }) => [engineId, label]));
    const roles = await this.database.query<{ user_id: number; id: number; name: string; permissions: string }>(
      `SELECT ur.user_id, r.id, r.name, r.permissions FROM user_roles ur JOIN roles r ON r.id = ur.role_id
       WHERE ur.user_id IN (${placeholders(rows.length)}) ORDER BY r.name`,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({
      id: row.id,
      login: row.login,
      firstname: row.firstname,
      lastname: row.lastname,
      mail: row.mail,
      admin: Boolean(row.admin),
      disabled: Boolean(row.disabled),
      engineId: row.engine_id,
      authSource: row.engine_id === null ? 'Internal' : (labels.get(row.engine_id) ?? 'removed engine'),
      roles: roles
        .filter(({ user_id: userId }) => userId === row.id)
        .map(({ id, name, permissions }) => ({ id, name, permissions: JSON.parse(permissions) as Permission[] })),
      lastLoginAt: row.last_login_at === null ? null : new Date(row.last_login_at),
      createdAt: new Date(row.created_at),
      updatedAt: new Date(row.updated_at),
    }));
  }
}
