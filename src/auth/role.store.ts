import { Injectable } from '@nestjs/common';
import type { Permission } from '../common/actor';
import { AppError } from '../common/app-error';
import { Database, placeholders, type Transaction } from '../database';

export interface RoleDetails {
  id: number;
  name: string;
  description: string;
  permissions: Permission[];
  /** Made at start; cannot be changed. */
  builtin: boolean;
  users: number;
}

interface RoleRow {
  id: number;
  name: string;
  description: string;
  permissions: string;
  builtin: unknown;
  users: number;
}

const SELECT = `SELECT r.id, r.name, r.description, r.permissions, r.builtin,
  (SELECT COUNT(*) FROM user_roles ur WHERE ur.role_id = r.id) AS users FROM roles r`;

@Injectable()
export class RoleStore {
  constructor(private readonly database: Database) {}

  async list(): Promise<RoleDetails[]> {
    return (await this.database.query<RoleRow>(`${SELECT} ORDER BY r.name`)).map(toRole);
  }

  /** @throws AppError not_found */
  async get(id: string | number): Promise<RoleDetails> {
    const [row] = /^\d{1,9}$/.test(String(id))
      ? await this.database.query<RoleRow>(`${SELECT} WHERE r.id = ?`, [Number(id)])
      : [];
    if (row === undefined)
      throw new AppError('not_found', `Resource role not found by id '${String(id).slice(0, 100)}'`);
    return toRole(row);
  }

  async byIds(ids: readonly number[]): Promise<RoleDetails[]> {
    if (ids.length === 0) return [];
    return (await this.database.query<RoleRow>(`${SELECT} WHERE r.id IN (${placeholders(ids.length)})`, ids)).map(
      toRole,
    );
  }

  async idOf(name: string): Promise<number | null> {
    const [row] = await this.database.query<{ id: number }>('SELECT id FROM roles WHERE LOWER(name) = LOWER(?)', [
      name,
    ]);
    return row?.id ?? null;
  }

  async create(tx: Transaction, { name, description, permissions }: RoleFields): Promise<number> {
    const [row] = await tx.query<{ id: number }>(
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
  }

  async remove(tx: Transaction, id: number): Promise<void> {
    await tx.execute('DELETE FROM user_roles WHERE role_id = ?', [id]);
    await tx.execute('DELETE FROM roles WHERE id = ?', [id]);
  }
}

export type RoleFields = Pick<RoleDetails, 'name' | 'description' | 'permissions'>;

function toRole({ permissions, builtin, users, ...row }: RoleRow): RoleDetails {
  return {
    ...row,
    permissions: JSON.parse(permissions) as Permission[],
    builtin: Boolean(builtin),
    users: Number(users),
  };
}
