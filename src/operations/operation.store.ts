import { Injectable } from '@nestjs/common';
import { dialectRules } from '../common/sql-dialect';
import { notFound } from '../common/app-error';
import { PersonMerges, type DoubledPerson } from '../auth';
import {
  Database,
  UnitOfWork,
  placeholders,
  rowsFromJson,
  storable,
  type RowOf,
  type SqlValue,
  type Transaction,
} from '../database';
import type { Operation } from './operation';
import type { OperationRow } from './operation.entity';
import { COLUMNS, toOperation, valuesOf, type ShownRow } from './operation-rows';

/** An operation and what only its runner needs. */
export interface HeldOperation {
  operation: Operation;
  sealedInput: string;
}

/** An instance that is not heard of for so long is taken for dead. */
export const LEASE_MS = 20_000;
const CLAIMED = `${COLUMNS}, sealed_input`;

/** Operations in the database. Leases and due times go by its clock, which all instances share. */
@Injectable()
export class OperationStore {
  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    persons: PersonMerges,
  ) {
    persons.add({ tables: ['operations'], merge });
  }

  async insert(tx: Transaction, operation: Operation, sealedInput: string): Promise<void> {
    const values: Record<string, SqlValue> = {
      ...valuesOf(operation),
      id: operation.id,
      kind: operation.kind,
      title: operation.title,
      acts_by: operation.actsAs.by,
      user_id: operation.actsAs.userId,
      access_key_id: operation.actsAs.accessKeyId,
      login: operation.login,
      compute_resource_id: operation.computeResource?.id ?? null,
      compute_resource_name: operation.computeResource?.name ?? null,
      sealed_input: sealedInput,
      created_at: operation.createdAt.getTime(),
      cancel_requested: operation.cancelRequested,
    };
    const names = Object.keys(values);
    await tx.execute(
      `INSERT INTO operations (${names.join(', ')}, due_at)
       VALUES (${placeholders(names.length)}, ${dialectRules(tx.dialect).nowMs})`,
      Object.values(values),
    );
  }

  /** What somebody began that is not over. */
  async unfinishedOf(tx: Transaction, userId: number): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT COUNT(*) AS count FROM operations WHERE user_id = ? AND finished_at IS NULL',
      [userId],
    );
    return Number(row?.count ?? 0);
  }

  /** Of the same work as `insert`. */
  async removeNew(tx: Transaction, id: string): Promise<void> {
    await tx.execute('DELETE FROM operations WHERE id = ?', [id]);
  }

  /** @throws AppError not_found */
  async get(id: string): Promise<Operation> {
    const [row] = await this.database.query<ShownRow>(`SELECT ${COLUMNS} FROM operations WHERE id = ?`, [storable(id)]);
    if (row === undefined) throw notFound('operation', id);
    return toOperation(row);
  }

  /** Those of these ids that there are, in no order. */
  async byIds(ids: readonly string[]): Promise<Operation[]> {
    if (ids.length === 0) return [];
    const sql = `SELECT ${COLUMNS} FROM operations WHERE id IN (${placeholders(ids.length)})`;
    return (await this.database.query<ShownRow>(sql, [...ids])).map(toOperation);
  }

  /** Takes what is due and nobody runs, of kinds that it knows, the longest due first. */
  claim(owner: string, kinds: readonly string[], limit: number): Promise<HeldOperation[]> {
    return this.work.run(async (tx) => {
      const { lock, nowMs } = dialectRules(tx.dialect);
      const rows = await tx.query<ShownRow & RowOf<OperationRow, 'sealed_input'>>(
        `UPDATE operations SET lease_owner = ?, lease_until = ${nowMs} + ${LEASE_MS}
         WHERE id IN (
           SELECT id FROM operations
           WHERE finished_at IS NULL AND due_at <= ${nowMs} AND (lease_until IS NULL OR lease_until < ${nowMs})
             AND kind IN (${placeholders(kinds.length)})
           ORDER BY due_at, id LIMIT ? ${lock('UPDATE')}
         ) AND (lease_until IS NULL OR lease_until < ${nowMs})
         RETURNING ${CLAIMED}`,
        [owner, ...kinds, limit],
      );
      return rows.map((row) => ({ operation: toOperation(row), sealedInput: row.sealed_input ?? '' }));
    });
  }

  /** Says that the owner lives. @returns the operations that are its own still; true where somebody wants it cancelled */
  renew(owner: string): Promise<Map<string, boolean>> {
    return this.work.run(async (tx) => {
      const { nowMs } = dialectRules(tx.dialect);
      const rows = await tx.query<RowOf<OperationRow, 'id' | 'cancel_requested'>>(
        `UPDATE operations SET lease_until = ${nowMs} + ${LEASE_MS}
         WHERE lease_owner = ? AND finished_at IS NULL RETURNING id, cancel_requested`,
        [owner],
      );
      return new Map(rows.map(({ id, cancel_requested: wanted }) => [id, Boolean(wanted)]));
    });
  }

  /** Writes down what became of it, while it is the owner's. @returns false when it is somebody else's by now */
  async save(tx: Transaction, owner: string, operation: Operation): Promise<boolean> {
    const values = valuesOf(operation);
    const sets = Object.keys(values).map((name) => `${name} = ?`);
    const over = operation.finishedAt === null ? '' : ', sealed_input = NULL, lease_owner = NULL, lease_until = NULL';
    const changed = await tx.execute(
      `UPDATE operations SET ${sets.join(', ')}${over} WHERE id = ? AND lease_owner = ? AND finished_at IS NULL`,
      [...Object.values(values), operation.id, owner],
    );
    return changed === 1;
  }

  /** Gives these back: anybody may take them after so long, what was to be cancelled meanwhile at once. */
  async release(tx: Transaction, owner: string, ids: readonly string[], afterMs = 0): Promise<void> {
    const { nowMs } = dialectRules(tx.dialect);
    await tx.execute(
      `UPDATE operations SET lease_owner = NULL, lease_until = NULL, due_at = ${nowMs} + CASE WHEN cancel_requested = ? THEN 0 ELSE ? END
       WHERE lease_owner = ? AND id IN (${placeholders(ids.length)})`,
      [true, afterMs, owner, ...ids],
    );
  }

  /**
   * Of an owner that stops, or in a process of its own that can only have died: all at once, due now.
   * @returns how many
   */
  async releaseAll(tx: Transaction, owner: string | null): Promise<number> {
    const { nowMs } = dialectRules(tx.dialect);
    const sql = `UPDATE operations SET lease_owner = NULL, lease_until = NULL, due_at = ${nowMs} WHERE finished_at IS NULL AND`;
    if (owner === null) return tx.execute(`${sql} lease_owner IS NOT NULL`);
    return tx.execute(`${sql} lease_owner = ?`, [owner]);
  }

  /** @returns false where it is over, or wanted already */
  async requestCancel(tx: Transaction, id: string): Promise<boolean> {
    const { nowMs } = dialectRules(tx.dialect);
    const changed = await tx.execute(
      `UPDATE operations SET cancel_requested = ?, due_at = ${nowMs} WHERE id = ? AND cancel_requested = ? AND finished_at IS NULL`,
      [true, id, false],
    );
    return changed === 1;
  }

  /** What waits for this person's sign-in is due; null = for anybody's. @returns how many are */
  signedIn(tx: Transaction, userId: number | null): Promise<number> {
    const { nowMs } = dialectRules(tx.dialect);
    const theirs = userId === null ? '' : ' AND user_id = ?';
    return tx.execute(
      `UPDATE operations SET due_at = ${nowMs} WHERE finished_at IS NULL AND waiting_for = ?${theirs}`,
      userId === null ? ['sign_in'] : ['sign_in', userId],
    );
  }

  removeBefore(tx: Transaction, cutoff: Date, limit: number): Promise<number> {
    return tx.execute(
      `DELETE FROM operations WHERE id IN (
         SELECT id FROM operations WHERE created_at < ? AND finished_at < ? ORDER BY created_at, id LIMIT ?)`,
      [cutoff.getTime(), cutoff.getTime(), limit],
    );
  }
}

async function merge(tx: Transaction, doubled: readonly DoubledPerson[]): Promise<void> {
  const pairs = `(${rowsFromJson(tx.dialect, ['integer', 'integer'])}) AS p`;
  const given = JSON.stringify(doubled.map(({ gone, kept }) => [gone, kept]));
  await tx.execute(
    `UPDATE operations SET user_id = (SELECT p.c1 FROM ${pairs} WHERE p.c0 = operations.user_id)
     WHERE user_id IN (SELECT p.c0 FROM ${pairs})`,
    [given, given],
  );
}
