import { Injectable } from '@nestjs/common';
import { notFound } from '../common/app-error';
import { COUNTERS, type Counters } from '../common/counters';
import { Database, type ColumnOf, type RowOf } from '../database';
import type { Host } from '../hosts';
import {
  LOG_LEVELS,
  type ConfigReport,
  type LogLine,
  type Metrics,
  type Origin,
  type StoredLine,
  TextStore,
} from '../reports';

/** A report without its log lines. */
export interface ReportSummary {
  id: number;
  hostId: number;
  hostName: string;
  origin: Origin;
  reportedAt: Date;
  counters: Counters;
  /** Seconds, configuration retrieval included. */
  runtime: number;
  /** Seconds. */
  configRetrieval: number;
  metrics: Metrics;
  createdAt: Date;
}

/** One report as its page and its JSON show it; log lines in the order sent. */
export interface ReportDetails extends ReportSummary {
  logs: LogLine[];
}

const SUMMARY = [
  'id',
  'host_id',
  'origin',
  'reported_at',
  ...COUNTERS,
  'runtime',
  'config_retrieval',
  'metrics',
  'created_at',
] as const satisfies ColumnOf<ConfigReport>[];

/** A row of REPORT_SUMMARY_SQL. */
export type ReportRow = RowOf<ConfigReport, (typeof SUMMARY)[number]> & { host_name: Host['name'] };

const COLUMNS = `${SUMMARY.map((name) => `config_reports.${name}`).join(', ')}, hosts.name AS host_name`;
const FROM = 'FROM config_reports JOIN hosts ON hosts.id = config_reports.host_id';

export const REPORT_SUMMARY_SQL = `SELECT ${COLUMNS} ${FROM}`;

export function toReportSummary(row: ReportRow): ReportSummary {
  const { applied, restarted, failed, failed_restarts, skipped, pending } = row;
  return {
    id: row.id,
    hostId: row.host_id,
    hostName: row.host_name,
    origin: row.origin,
    reportedAt: new Date(row.reported_at),
    counters: { applied, restarted, failed, failed_restarts, skipped, pending },
    runtime: row.runtime,
    configRetrieval: row.config_retrieval,
    metrics: JSON.parse(row.metrics) as Metrics,
    createdAt: new Date(row.created_at),
  };
}

@Injectable()
export class ReportReadModel {
  constructor(
    private readonly database: Database,
    private readonly texts: TextStore,
  ) {}

  /** @throws AppError not_found */
  async byId(id: number): Promise<ReportDetails> {
    const [row] = await this.database.query<ReportRow & RowOf<ConfigReport, 'logs'>>(
      `SELECT ${COLUMNS}, logs ${FROM} WHERE config_reports.id = ?`,
      [id],
    );
    if (row === undefined) throw notFound('config_report', id);
    return { ...toReportSummary(row), logs: await this.lines(JSON.parse(row.logs) as StoredLine[]) };
  }

  private async lines(stored: StoredLine[]): Promise<LogLine[]> {
    const texts = await this.texts.read(
      this.database,
      new Set(stored.flatMap(([, source, message]) => [source, message])),
    );
    return stored.map(([level, source, message]) => ({
      level: LOG_LEVELS[level] ?? 'info',
      source: texts.get(source) ?? '',
      message: texts.get(message) ?? '',
    }));
  }
}
