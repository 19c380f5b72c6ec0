import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { atMost } from '../../common/cache-limit';
import { createHash } from 'node:crypto';
import { inSlices } from '../../common/slices';
import { Turn } from '../../common/turn';
import { rowsFromJson, type Transaction } from '../../database';
import { numberOf } from '../../search';
import { valueKey } from './value-key';

const SLICE = 500;

/** Fact name (`os::release::major`) → value. */
export type Facts = ReadonlyMap<string, string>;

const FACT_VALUE_COLUMNS = {
  host_id: 'integer',
  fact_name_id: 'integer',
  value: 'text',
  value_key: 'text',
  number: 'double precision',
} as const;

@Injectable()
export class FactStore {
  /** Origin → name → id. */
  private readonly nameIds = new Map<string, LRUCache<string, number>>();

  /**
   * Makes `facts` the host's facts of one origin; those of other origins stay.
   * @returns false when nothing changed since the last upload (then nothing but a digest was read)
   */
  async replace(tx: Transaction, hostId: number, origin: string, facts: Facts, now: Date): Promise<boolean> {
    const digest = await digestOf(facts);
    let known = await this.digest(tx, hostId, origin);
    if (known === digest) return false;
    if (tx.dialect === 'postgres') {
      // one at a time: two uploads for one host must not mix
      await tx.query('SELECT id FROM hosts WHERE id = ? FOR NO KEY UPDATE', [hostId]);
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

  private async digest(tx: Transaction, hostId: number, origin: string): Promise<string | undefined> {
    const [row] = await tx.query<{ digest: string }>('SELECT digest FROM fact_sets WHERE host_id = ? AND origin = ?', [
      hostId,
      origin,
    ]);
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
    await tx.insertRows({
      into: 'fact_values',
      columns: FACT_VALUE_COLUMNS,
      rows,
      then: `ON CONFLICT (host_id, fact_name_id) DO UPDATE
             SET value = excluded.value, value_key = excluded.value_key, number = excluded.number`,
    });
  }

  private async stored(tx: Transaction, hostId: number, origin: string): Promise<Map<number, string>> {
    const stored = new Map<number, string>();
    const turn = new Turn();
    for (let last = 0, count = SLICE; count === SLICE;) {
      const rows = await tx.query<{ id: number; value: string }>(
        `SELECT v.fact_name_id AS id, v.value FROM fact_values v JOIN fact_names n ON n.id = v.fact_name_id
         WHERE v.host_id = ? AND n.origin = ? AND v.fact_name_id > ? ORDER BY v.fact_name_id LIMIT ?`,
        [hostId, origin, last, SLICE],
      );
      for (const { id, value } of rows) stored.set(id, value);
      count = rows.length;
      last = rows.at(-1)?.id ?? last;
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
    const rows = await tx.insertRows<{ id: number; name: string }>({
      into: 'fact_names',
      columns: { name: 'text', origin: 'text' },
      rows: missing.sort().map((name) => [name, origin]),
      then: 'ON CONFLICT (name, origin) DO UPDATE SET origin = excluded.origin RETURNING id, name',
    });
    for (const { id, name } of rows) ids.set(name, id);
    tx.afterCommit(() => {
      for (const { id, name } of rows) known.set(name, id);
    });
    return ids;
  }

  private knownIds(origin: string): LRUCache<string, number> {
    let known = this.nameIds.get(origin);
    if (known === undefined) this.nameIds.set(origin, (known = new LRUCache(atMost(50_000))));
    return known;
  }
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
