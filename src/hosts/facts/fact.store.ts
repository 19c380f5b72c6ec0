import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { inSlices } from '../../common/slices';
import { dialectRules, type JsonColumn } from '../../common/sql-dialect';
import { Turn } from '../../common/turn';
import {
  Signals,
  removeUnusedRows,
  rowsFromJson,
  type ColumnOf,
  type RemoveUnused,
  type RowOf,
  type Transaction,
} from '../../database';
import { numberOf } from '../../search';
import type { FactName, FactSet, FactValue } from './fact.entities';
import { valueKey } from './value-key';

const SLICE = 500;
/** Bytes, about: of one origin's names, and of what remembering one costs beside it. */
const REMEMBERED_NAMES = {
  maxSize: 8_000_000,
  sizeCalculation: (_: number, name: string) => name.length + 120,
};

/** Fact name (`os::release::major`) → value. */
export type Facts = ReadonlyMap<string, string>;

const FACT_VALUE_COLUMNS = {
  host_id: 'integer',
  fact_name_id: 'integer',
  value: 'text',
  value_key: 'text',
  number: 'double precision',
} as const satisfies Record<ColumnOf<FactValue>, JsonColumn>;

@Injectable()
export class FactStore {
  /** Origin → name → id. */
  private readonly nameIds = new Map<string, LRUCache<string, number>>();

  constructor(private readonly signals: Signals) {
    signals.on('fact names', () => this.nameIds.clear());
  }

  /**
   * Makes `facts` the host's facts of one origin; those of other origins stay.
   * @returns false when nothing changed since the last upload (then nothing but a digest was read)
   */
  async replace(tx: Transaction, hostId: number, origin: string, facts: Facts, now: Date): Promise<boolean> {
    const digest = await digestOf(facts);
    let known = await this.digest(tx, hostId, origin);
    if (known === digest) return false;
    const lock = dialectRules(tx.dialect).lock('NO KEY UPDATE');
    if (lock !== '') {
      // one at a time: two uploads for one host must not mix
      await tx.query(`SELECT id FROM hosts WHERE id = ? ${lock}`, [hostId]);
      known = await this.digest(tx, hostId, origin);
    }
    await this.write(tx, hostId, origin, facts, known === undefined);
    await tx.execute(
      `INSERT INTO fact_sets (host_id, origin, digest, changed_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (host_id, origin) DO UPDATE SET digest = excluded.digest, changed_at = excluded.changed_at`,
      [hostId, origin, digest, now.getTime()],
    );
    return true;
  }

  /** Gives the facts of one host to another, but for origins that the other has facts of. */
  async move(tx: Transaction, from: number, into: number): Promise<void> {
    const has = 'SELECT origin FROM fact_sets WHERE host_id = ?';
    await tx.execute(
      `UPDATE fact_values SET host_id = ? WHERE host_id = ?
         AND fact_name_id IN (SELECT id FROM fact_names WHERE origin NOT IN (${has}))`,
      [into, from, into],
    );
    await tx.execute(`UPDATE fact_sets SET host_id = ? WHERE host_id = ? AND origin NOT IN (${has})`, [
      into,
      from,
      into,
    ]);
  }

  /** Removes names that no host has a fact of. */
  removeUnusedNames: RemoveUnused = async (tx, after, limit) => {
    const isUsed = 'EXISTS (SELECT 1 FROM fact_values WHERE fact_name_id = fact_names.id)';
    const looked = await removeUnusedRows(tx, { table: 'fact_names', isUsed }, [after, limit]);
    if (looked.removed > 0) {
      this.nameIds.clear(); // at once for the works that follow before the commit
      await this.signals.notify(tx, 'fact names');
    }
    return looked;
  };

  private async digest(tx: Transaction, hostId: number, origin: string): Promise<string | undefined> {
    const [row] = await tx.query<RowOf<FactSet, 'digest'>>(
      'SELECT digest FROM fact_sets WHERE host_id = ? AND origin = ?',
      [hostId, origin],
    );
    return row?.digest;
  }

  private async write(tx: Transaction, hostId: number, origin: string, facts: Facts, first: boolean): Promise<void> {
    const ids = await this.idsOf(tx, [...facts.keys()], origin);
    const rows: [number, number, string, string, number | null][] = [];
    const stored = first ? new Map<number, string>() : await this.stored(tx, hostId, origin);
    for await (const slice of inSlices([...facts], SLICE))
      for (const [name, value] of slice) {
        const id = ids.get(name);
        if (id === undefined) continue;
        if (stored.get(id) !== value) rows.push([hostId, id, value, valueKey(value), numberOf(value)]);
        stored.delete(id);
      }
    for await (const gone of inSlices([...stored.keys()], SLICE))
      await tx.execute(
        `DELETE FROM fact_values WHERE host_id = ? AND fact_name_id IN (SELECT c0 FROM (${rowsFromJson(tx.dialect, ['integer'])}) AS gone)`,
        [hostId, JSON.stringify(gone.map((id) => [id]))],
      );
    const inserted = tx.insertRows({
      into: 'fact_values',
      columns: FACT_VALUE_COLUMNS,
      rows,
      then: `ON CONFLICT (host_id, fact_name_id) DO UPDATE
             SET value = excluded.value, value_key = excluded.value_key, number = excluded.number`,
    });
    await inserted.catch((error: unknown) => {
      this.nameIds.clear(); // another instance may just have removed one that is remembered here: run again, it is made anew
      throw error;
    });
  }

  private async stored(tx: Transaction, hostId: number, origin: string): Promise<Map<number, string>> {
    const stored = new Map<number, string>();
    const turn = new Turn();
    for (let last = 0, count = SLICE; count === SLICE;) {
      const rows = await tx.query<RowOf<FactValue, 'fact_name_id' | 'value'>>(
        `SELECT v.fact_name_id, v.value FROM fact_values v JOIN fact_names n ON n.id = v.fact_name_id
         WHERE v.host_id = ? AND n.origin = ? AND v.fact_name_id > ? ORDER BY v.fact_name_id LIMIT ?`,
        [hostId, origin, last, SLICE],
      );
      for (const { fact_name_id: id, value } of rows) stored.set(id, value);
      count = rows.length;
      last = rows.at(-1)?.fact_name_id ?? last;
      if (turn.isOver()) await turn.next();
    }
    return stored;
  }

  private async idsOf(tx: Transaction, names: string[], origin: string): Promise<Map<string, number>> {
    const ids = new Map<string, number>();
    const missing: string[] = [];
    const known = this.knownIds(origin);
    for (const name of names) {
      const id = known.get(name);
      if (id === undefined) missing.push(name);
      else ids.set(name, id);
    }
    if (missing.length === 0) return ids;
    const rows = await namesIn(tx, missing, origin);
    const there = new Set(rows.map(({ name }) => name));
    const made = await tx.insertRows<NameRow>({
      into: 'fact_names',
      columns: { name: 'text', origin: 'text' },
      rows: missing.flatMap((name) => (there.has(name) ? [] : [[name, origin]])).sort(),
      then: 'ON CONFLICT (name, origin) DO UPDATE SET origin = excluded.origin RETURNING id, name',
    });
    rows.push(...made);
    for (const { id, name } of rows) ids.set(name, id);
    tx.afterCommit(() => {
      for (const { id, name } of rows) known.set(name, id);
    });
    return ids;
  }

  private knownIds(origin: string): LRUCache<string, number> {
    let known = this.nameIds.get(origin);
    if (known === undefined) this.nameIds.set(origin, (known = new LRUCache(REMEMBERED_NAMES)));
    return known;
  }
}

type NameRow = RowOf<FactName, 'id' | 'name'>;

/** Those that there are. An upsert would lock them, against every upload that refers to one. */
async function namesIn(tx: Transaction, names: readonly string[], origin: string): Promise<NameRow[]> {
  const rows: NameRow[] = [];
  for await (const slice of inSlices(names, SLICE))
    rows.push(
      ...(await tx.query<NameRow>(
        `SELECT id, name FROM fact_names WHERE origin = ? AND name IN (SELECT c0 FROM (${rowsFromJson(tx.dialect, ['text'])}) AS asked)`,
        [origin, JSON.stringify(slice.map((name) => [name]))],
      )),
    );
  return rows;
}

/** The same for the same facts in any order. No name or value holds a NUL. */
async function digestOf(facts: Facts): Promise<string> {
  const lines: string[] = [];
  for (const [name, value] of facts) lines.push(`${name}\0${value}`);
  const digest = createHash('sha256');
  let between = '';
  for await (const slice of inSlices(lines.sort(), SLICE)) {
    digest.update(between + slice.join('\0\0'));
    between = '\0\0';
  }
  return digest.digest('base64');
}
