import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { hash } from 'node:crypto';
import { DAY_MS } from '../common/clock';
import { inSlices } from '../common/slices';
import { placeholders, rowsFromJson, type RowOf, type SqlRunner, type Transaction } from '../database';
import type { ReportText } from './report-text.entity';

interface Known {
  id: number;
  lastUsedAt: number;
}

const SLICE = 500;
const CACHE_CHARACTERS = 8_000_000;
/** What an entry takes beside its text, so that short ones are bounded, too. */
const CHARACTERS_OF_ENTRY = 80;

/** Texts of log lines, each stored once. Ids of texts seen lately are remembered, so that usual lines cost no query. */
@Injectable()
export class TextStore {
  private readonly known = new LRUCache<string, Known>({
    maxSize: CACHE_CHARACTERS,
    sizeCalculation: (_, text) => text.length + CHARACTERS_OF_ENTRY,
  });

  /**
   * The id of each text, stored where new. `usedAt` = when the report that uses them was made: texts older than
   * every kept report are removed by `removeUnused`.
   */
  async idsOf(tx: Transaction, texts: ReadonlySet<string>, usedAt: Date): Promise<Map<string, number>> {
    const day = usedAt.getTime() - (usedAt.getTime() % DAY_MS);
    const ids = new Map<string, number>();
    const missing: string[] = [];
    for await (const slice of inSlices([...texts], SLICE))
      for (const text of slice) {
        const known = this.known.get(text);
        if (known !== undefined && known.lastUsedAt >= day) ids.set(text, known.id);
        else missing.push(text);
      }
    if (missing.length > 0) await this.store(tx, missing, day, ids);
    return ids;
  }

  private async store(tx: Transaction, texts: string[], day: number, ids: Map<string, number>): Promise<void> {
    const byDigest = new Map<string, string>();
    for await (const slice of inSlices(texts, SLICE))
      for (const text of slice) byDigest.set(hash('sha256', text, 'base64'), text);
    // ordered by digest, so that concurrent transactions lock rows in the same order
    const rows = [...byDigest]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([digest, text]) => [digest, text, day] as const);
    const stored = await tx.insertRows<RowOf<ReportText, 'id' | 'digest' | 'last_used_at'>>({
      into: 'report_texts',
      columns: { digest: 'text', text: 'text', last_used_at: 'bigint' },
      rows,
      then: `ON CONFLICT (digest) DO UPDATE SET last_used_at = CASE WHEN excluded.last_used_at > report_texts.last_used_at
               THEN excluded.last_used_at ELSE report_texts.last_used_at END
             RETURNING id, digest, last_used_at`,
    });
    const fresh: [string, Known][] = [];
    for await (const slice of inSlices(stored, SLICE))
      for (const row of slice) {
        const text = byDigest.get(row.digest);
        if (text === undefined) continue;
        ids.set(text, row.id);
        fresh.push([text, { id: row.id, lastUsedAt: row.last_used_at }]);
      }
    // of the many of one upload few are usual, and all of them would drive the usual ones out
    tx.afterCommit(() => {
      for (const [text, known] of fresh.slice(0, SLICE)) this.known.set(text, known);
    });
  }

  /** id → text, one query. */
  async read(sql: SqlRunner, ids: ReadonlySet<number>): Promise<Map<number, string>> {
    if (ids.size === 0) return new Map();
    const rows = await sql.query<RowOf<ReportText, 'id' | 'text'>>(
      `SELECT id, text FROM report_texts WHERE id IN (${rowsFromJson(sql.dialect, ['integer'])})`,
      [JSON.stringify([...ids].map((id) => [id]))],
    );
    return new Map(rows.map(({ id, text }) => [id, text]));
  }

  /** Removes up to `limit` texts that no report after `cutoff` uses. @returns how many */
  async removeUnused(tx: Transaction, cutoff: Date, limit: number): Promise<number> {
    const unused = cutoff.getTime() - DAY_MS;
    const rows = await tx.query<RowOf<ReportText, 'id'>>(
      'SELECT id FROM report_texts WHERE last_used_at < ? ORDER BY last_used_at LIMIT ?',
      [unused, limit],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map(({ id }) => id);
    // asked again: on PostgreSQL an upload may just have used one of them
    const removed = await tx.execute(
      `DELETE FROM report_texts WHERE id IN (${placeholders(ids.length)}) AND last_used_at < ?`,
      [...ids, unused],
    );
    tx.afterCommit(() => this.known.clear());
    return removed;
  }
}
