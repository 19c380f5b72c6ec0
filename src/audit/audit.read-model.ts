import { Injectable } from '@nestjs/common';
import type { Page } from '../common/paging';
import { Database, storable, type ColumnOf, type Reader, type RowOf, type SqlParams } from '../database';
import type { Audit } from './audit.entity';

export interface AuditRow {
  id: number;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  outcome: 'ok' | 'refused';
  reason: string;
  address: string;
  requestId: string;
}

/** Words are looked for in so many of the newest entries: no index helps there, and each entry is read for it. */
export const SEARCHED_ENTRIES = 20_000;
const MAX_WORDS = 10;

const TEXT = `LOWER(actor || ' ' || action || ' ' || subject || ' ' || outcome || ' ' || reason || ' ' || address || ' ' || request_id)`;
const SHOWN = [
  'id',
  'at',
  'actor',
  'action',
  'subject',
  'outcome',
  'reason',
  'address',
  'request_id',
] as const satisfies ColumnOf<Audit>[];
const COLUMNS = SHOWN.join(', ');
/** Along the index of times. */
const NEWEST = 'ORDER BY at DESC, id DESC';

@Injectable()
export class AuditReadModel {
  constructor(private readonly database: Database) {}

  /** Newest first; every word of `search` stands somewhere in the entry, which is one of the SEARCHED_ENTRIES newest. */
  async list({ search, page, perPage }: { search: string; page: number; perPage: number }): Promise<Page<AuditRow>> {
    const words = storable(search).toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
    const total = await this.database.count('audits', { sql: '1 = 1', params: [] });
    const found = words.length === 0 ? { reader: this.database, from: 'audits', params: [] } : this.matching(words);
    const subtotal = words.length === 0 ? total : await this.countOf(found);
    const rows = (page - 1) * perPage < subtotal ? await this.rowsOf(found, { page, perPage }) : [];
    return { total, subtotal, page, perPage, rows };
  }

  private matching(words: string[]): Found {
    const newest = `SELECT ${COLUMNS}, ${TEXT} AS text FROM audits ${NEWEST} LIMIT ${SEARCHED_ENTRIES}`;
    return {
      reader: this.database.searches,
      from: `(${newest}) AS newest WHERE ${words.map(() => `text LIKE ? ESCAPE '!'`).join(' AND ')}`,
      params: words.map((word) => `%${word.replace(/[!%_]/g, '!$&')}%`),
    };
  }

  private async countOf({ reader, from, params }: Found): Promise<number> {
    const [row] = await reader.query<{ count: number }>(`SELECT COUNT(*) AS count FROM ${from}`, params);
    return Number(row?.count ?? 0);
  }

  private async rowsOf({ reader, from, params }: Found, { page, perPage }: { page: number; perPage: number }) {
    const rows = await reader.query<RowOf<Audit, (typeof SHOWN)[number]>>(
      `SELECT ${COLUMNS} FROM ${from} ${NEWEST} LIMIT ? OFFSET ?`,
      [...params, perPage, (page - 1) * perPage],
    );
    return rows.map(({ request_id: requestId, at, ...row }) => ({ ...row, at: new Date(at), requestId }));
  }
}

interface Found {
  reader: Reader;
  from: string;
  params: SqlParams;
}
