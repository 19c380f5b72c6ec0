import { Injectable } from '@nestjs/common';
import { permissionsIn, type Permission } from '../common/actor';
import { notFound } from '../common/app-error';
import { Clock } from '../common/clock';
import type { ListRequest, Page } from '../common/paging';
import { rowIdIn } from '../common/row-id';
import {
  Database,
  placeholders,
  storable,
  type ColumnOf,
  type RowOf,
  type SqlRunner,
  type Transaction,
} from '../database';
import { searchPage } from '../search';
import { roleFields } from './user-search.fields';
import { UserStore, type Role } from '../auth';

export interface RoleDetails {
  id: number;
  name: string;
  description: string;
  permissions: Permission[];
  /** Made at start; cannot be changed. */
  builtin: boolean;
  users: number;
}

const COLUMNS = ['id', 'name', 'description', 'permissions', 'builtin'] as const satisfies ColumnOf<Role>[];
type RoleRow = RowOf<Role, (typeof COLUMNS)[number]> & { users: number };

const SELECT = `SELECT ${COLUMNS.join(', ')},
  (SELECT COUNT(*) FROM user_roles ur WHERE ur.role_id = roles.id) AS users FROM roles`;
const LIST = { fields: roleFields, select: SELECT, order: 'roles.name, roles.id' };

@Injectable()
export class RoleStore {
  constructor(
    private readonly database: Database,
    private readonly users: UserStore,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<RoleDetails[]> {
    return (await this.database.query<RoleRow>(`${SELECT} ORDER BY ${LIST.order}`)).map(toRole);
  }

  /** By name unless ordered. @throws AppError search_syntax */
  async page(request: ListRequest): Promise<Page<RoleDetails>> {
    const found = await searchPage<RoleRow>(this.database, this.clock.now(), LIST, request);
    return { ...found, rows: found.rows.map(toRole) };
  }

  /**
   * @param key row id, or name in any case
   * @param from the transaction that is to see its own changes
   * @throws AppError not_found
   */
  async get(key: string | number, from: SqlRunner = this.database): Promise<RoleDetails> {
    const text = storable(String(key));
    const id = rowIdIn(text) ?? 0;
    const [row] = await from.query<RoleRow>(
      `${SELECT} WHERE roles.id = ? OR LOWER(roles.name) = LOWER(?) ORDER BY CASE WHEN roles.id = ? THEN 0 ELSE 1 END LIMIT 1`,
      [id, text, id],
    );
    if (row === undefined) throw notFound('role', key);
    return toRole(row);
  }

  async byIds(ids: readonly number[], from: SqlRunner): Promise<RoleDetails[]> {
    if (ids.length === 0) return [];
    return (await from.query<RoleRow>(`${SELECT} WHERE roles.id IN (${placeholders(ids.length)})`, ids)).map(toRole);
  }

  async idOf(name: string, from: SqlRunner): Promise<number | null> {
    const [row] = await from.query<RowOf<Role, 'id'>>('SELECT id FROM roles WHERE LOWER(name) = LOWER(?)', [name]);
    return row?.id ?? null;
  }

  async create(tx: Transaction, { name, description, permissions }: RoleFields): Promise<number> {
    const [row] = await tx.query<RowOf<Role, 'id'>>(
      'INSERT INTO roles (name, description, permissions, builtin) VALUES (?, ?, ?, ?) RETURNING id',
      [name, description, JSON.stringify(permissions), false],
    );
    if (row === undefined) throw new Error('the role was not made');
    return row.id;
  }

  async update(tx: Transaction, id: number, { name, description, permissions }: RoleFields): Promise<void> {
    await tx.execute('UPDATE roles SET name = ?, description = ?, permissions = ? WHERE id = ?', [
      name,
      description,
      JSON.stringify(permissions),
      id,
    ]);
    await this.users.changed(tx);
  }

  async remove(tx: Transaction, id: number): Promise<void> {
    await tx.execute('DELETE FROM user_roles WHERE role_id = ?', [id]);
    await tx.execute('DELETE FROM roles WHERE id = ?', [id]);
    await this.users.changed(tx);
  }
}

export type RoleFields = Pick<RoleDetails, 'name' | 'description' | 'permissions'>;

function toRole({ permissions, builtin, users, ...row }: RoleRow): RoleDetails {
  return {
    ...row,
    permissions: permissionsIn(permissions),
    builtin: Boolean(builtin),
    users: Number(users),
  };
}
