import { Injectable } from '@nestjs/common';
import { inSlices } from '../common/slices';
import { placeholders, type RowOf, type Transaction } from '../database';
import type { ConfigReport } from './config-report.entity';
import { LOG_LEVELS, type LogLine, type NewReport } from './report';
import { TextStore } from './text.store';

const SLICE = 500;

/** One stored log line: level index, id of the source's text, id of the message's text. */
export type StoredLine = [level: number, sourceId: number, messageId: number];

@Injectable()
export class ReportStore {
  constructor(private readonly texts: TextStore) {}

  /**
   * Stores one report with its log lines.
   * @returns its id, or null when the host already has a report of that origin and time
   */
  async add(tx: Transaction, report: NewReport, now: Date): Promise<number | null> {
    const logs = await this.storeLines(tx, report.logs, report.reportedAt);
    const { counters } = report;
    const [row] = await tx.query<RowOf<ConfigReport, 'id'>>(
      `INSERT INTO config_reports (host_id, origin, reported_at, applied, restarted, failed, failed_restarts, skipped, pending,
         runtime, config_retrieval, metrics, logs, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (host_id, reported_at, origin) DO NOTHING RETURNING id`,
      [
        report.hostId,
        report.origin,
        report.reportedAt.getTime(),
        counters.applied,
        counters.restarted,
        counters.failed,
        counters.failed_restarts,
        counters.skipped,
        counters.pending,
        report.runtime,
        report.configRetrieval,
        JSON.stringify(report.metrics),
        JSON.stringify(logs),
        now.getTime(),
      ],
    );
    return row?.id ?? null;
  }

  private async storeLines(tx: Transaction, lines: readonly LogLine[], usedAt: Date): Promise<StoredLine[]> {
    const texts = new Set<string>();
    for await (const slice of inSlices(lines, SLICE))
      for (const { source, message } of slice) texts.add(source).add(message);
    const ids = await this.texts.idsOf(tx, texts, usedAt);
    const stored: StoredLine[] = [];
    for await (const slice of inSlices(lines, SLICE))
      for (const { level, source, message } of slice)
        stored.push([LOG_LEVELS.indexOf(level), ids.get(source) ?? 0, ids.get(message) ?? 0]);
    return stored;
  }

  /** Gives the reports of one host to another, but for those the other has of the same origin and time. */
  async move(tx: Transaction, from: number, into: number): Promise<void> {
    await tx.execute(
      `UPDATE config_reports SET host_id = ? WHERE host_id = ? AND NOT EXISTS (SELECT 1 FROM config_reports k
         WHERE k.host_id = ? AND k.reported_at = config_reports.reported_at AND k.origin = config_reports.origin)`,
      [into, from, into],
    );
  }

  /** Removes one report. @returns the host it was of, or null when there is no such report */
  async remove(tx: Transaction, id: number): Promise<number | null> {
    const [row] = await tx.query<RowOf<ConfigReport, 'host_id'>>(
      'DELETE FROM config_reports WHERE id = ? RETURNING host_id',
      [id],
    );
    return row?.host_id ?? null;
  }

  /** Removes up to `limit` reports made before `cutoff`, oldest first. @returns how many */
  async removeBefore(tx: Transaction, cutoff: Date, limit: number): Promise<number> {
    const rows = await tx.query<RowOf<ConfigReport, 'id'>>(
      'SELECT id FROM config_reports WHERE reported_at < ? ORDER BY reported_at LIMIT ?',
      [cutoff.getTime(), limit],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map(({ id }) => id);
    return tx.execute(`DELETE FROM config_reports WHERE id IN (${placeholders(ids.length)})`, ids);
  }
}
