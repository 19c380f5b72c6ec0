import { Injectable } from '@nestjs/common';
import type { Page } from '../common/paging';
import { Database, storable } from '../database';

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

const TEXT = `LOWER(actor || ' ' || action || ' ' || subject || ' ' || outcome || ' ' || reason || ' ' || address || ' ' || request_id)`;

@Injectable()
export class AuditReadModel {
  constructor(private readonly database: Database) {}

  /** Newest first; every word of `search` stands somewhere in the entry. */
  async list({ search, page, perPage }: { search: string; page: number; perPage: number }): Promise<Page<AuditRow>> {
    const words = storable(search).toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
    const where = words.length === 0 ? '' : `WHERE ${words.map(() => `${TEXT} LIKE ? ESCAPE '!'`).join(' AND ')}`;
    const patterns = words.map((word) => `%${word.replace(/[!%_]/g, '!$&')}%`);
    const [counts, rows] = await Promise.all([
      this.database.query<{ total: number; subtotal: number }>(
        `SELECT (SELECT COUNT(*) FROM audits) AS total, (SELECT COUNT(*) FROM audits ${where}) AS subtotal`,
        patterns,
      ),
      this.database.query<Omit<AuditRow, 'at' | 'requestId'> & { at: number; request_id: string }>(
        `SELECT id, at, actor, action, subject, outcome, reason, address, request_id FROM audits ${where}
         ORDER BY at DESC, id DESC LIMIT ? OFFSET ?`,
        [...patterns, perPage, (page - 1) * perPage],
      ),
    ]);
    const { total = 0, subtotal = 0 } = counts[0] ?? {};
    return {
      total: Number(total),
      subtotal: Number(subtotal),
      page,
      perPage,
      rows: rows.map(({ request_id: requestId, at, ...row }) => ({ ...row, at: new Date(at), requestId })),
    };
  }
}
