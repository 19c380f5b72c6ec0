import { Injectable } from '@nestjs/common';
import { permissionsIn, type Permission } from '../common/actor';
import { AppError, notFound } from '../common/app-error';
import { Clock } from '../common/clock';
import type { ListRequest, Page } from '../common/paging';
import { rowIdIn } from '../common/row-id';
import type { Role, User, UserRole } from '../auth';
import type { ComputeResource } from '../compute-resources';
import { Database, placeholders, storable, type ColumnOf, type RowOf, type SqlRunner } from '../database';
import { searchPage } from '../search';
import { userFields } from './user-search.fields';

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

const COLUMNS = [
  'id',
  'login',
  'firstname',
  'lastname',
  'mail',
  'admin',
  'disabled',
  'engine_id',
  'last_login_at',
  'created_at',
  'updated_at',
] as const satisfies ColumnOf<User>[];
type UserRow = RowOf<User, (typeof COLUMNS)[number]>;

const SELECT = `SELECT ${COLUMNS.join(', ')} FROM users`;
const LIST = { fields: userFields, select: SELECT, order: 'users.login, users.id' };

@Injectable()
export class UserDirectory {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** By login unless ordered. @throws AppError search_syntax */
  async page(request: ListRequest): Promise<Page<UserDetails>> {
    const found = await searchPage<UserRow>(this.database, this.clock.now(), LIST, request);
    return { ...found, rows: await this.withRoles(found.rows, this.database) };
  }

  /**
   * @param key row id, or login; of a local user before those of engines
   * @param from the transaction that is to see its own changes
   * @throws AppError not_found; conflict where several engines have somebody of this login
   */
  async get(key: string | number, from: SqlRunner = this.database): Promise<UserDetails> {
    const [user, other] = await this.withRoles(await this.rows(String(key), from), from);
    if (user === undefined) throw notFound('user', key);
    if (user.engineId !== null && other !== undefined)
      throw new AppError('conflict', `Several users have the login ${user.login}: use the id`);
    return user;
  }

  private async rows(key: string, from: SqlRunner): Promise<UserRow[]> {
    const byId = await from.query<UserRow>(`${SELECT} WHERE users.id = ?`, [rowIdIn(key) ?? 0]);
    if (byId.length > 0) return byId;
    return from.query<UserRow>(
      `${SELECT} WHERE users.login = ? ORDER BY CASE WHEN users.engine_id IS NULL THEN 0 ELSE 1 END, users.id LIMIT 2`,
      [storable(key).toLowerCase()],
    );
  }

  private async withRoles(rows: UserRow[], from: SqlRunner): Promise<UserDetails[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const roles = await from.query<RowOf<UserRole, 'user_id'> & RowOf<Role, 'id' | 'name' | 'permissions'>>(
      `SELECT ur.user_id, r.id, r.name, r.permissions FROM user_roles ur JOIN roles r ON r.id = ur.role_id
       WHERE ur.user_id IN (${placeholders(ids.length)}) ORDER BY r.name`,
      ids,
    );
    const rolesOf = grouped(roles, ({ user_id: userId }) => userId);
    const labels = await labelsOf(from);
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
      roles: (rolesOf.get(row.id) ?? []).map(({ id, name, permissions }) => ({
        id,
        name,
        permissions: permissionsIn(permissions),
      })),
      lastLoginAt: row.last_login_at === null ? null : new Date(row.last_login_at),
      createdAt: new Date(row.created_at),
      updatedAt: new Date(row.updated_at),
    }));
  }
}

/** Engine → the names of its compute resources. */
async function labelsOf(from: SqlRunner): Promise<Map<number, string>> {
  const resources = await from.query<RowOf<ComputeResource, 'engine_id' | 'name'>>(
    'SELECT engine_id, name FROM compute_resources ORDER BY id',
  );
  const names = grouped(resources, ({ engine_id: engineId }) => engineId);
  return new Map([...names].map(([engineId, all]) => [engineId, all.map(({ name }) => name).join(', ')]));
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** As the audit trail and pages tell people apart: `admin@internal` is somebody at each engine. */
export function fullNameOf({ login, engineId, authSource }: UserDetails): string {
  return engineId === null ? login : `${login} (${authSource})`;
}

/** What a user may do, by name, as pages show it. */
export function rightsOf({ admin, roles }: UserDetails): string {
  return [...(admin ? ['Administrator'] : []), ...roles.map(({ name }) => name)].join(', ');
}
