import { Injectable } from '@nestjs/common';
import { notFound } from '../common/app-error';
import { Clock } from '../common/clock';
import type { Page } from '../common/paging';
import { Database, pageOrder, type RowOf } from '../database';
import type { ConfigReport } from '../reports';
import { allOf, compileOrder, compileSearch, type SearchNode } from '../search';
import { REPORT_SUMMARY_SQL, toReportSummary, type ReportRow, type ReportSummary } from './report.read-model';
import { reportFields } from './report-search.fields';

export interface ReportQuery {
  /** Whose; without it all hosts'. */
  scope?: SearchNode | null;
  /** null = all reports. */
  search: SearchNode | null;
  /** "field", "field ASC", "field DESC"; empty = newest first. */
  order: string;
  page: number;
  perPage: number;
}

@Injectable()
export class ReportListReadModel {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** At most three queries: how many match, how many there are, and the page. @throws AppError search_syntax */
  async page({ scope = null, search, order, page, perPage }: ReportQuery): Promise<Page<ReportSummary>> {
    const where = this.where(allOf(scope, search));
    const by = `${compileOrder(order, reportFields) ?? 'config_reports.reported_at DESC'}, config_reports.id DESC`;
    const subtotal = await this.database.searches.count('config_reports', where);
    const total = search === null ? subtotal : await this.database.searches.count('config_reports', this.where(scope));
    const offset = (page - 1) * perPage;
    const rows =
      offset >= subtotal
        ? []
        : await this.database.searches.query<ReportRow>(
            `${REPORT_SUMMARY_SQL} WHERE config_reports.id IN (
               SELECT config_reports.id FROM config_reports WHERE ${where.sql}
               ORDER BY ${pageOrder(this.database.dialect, by, subtotal)} LIMIT ? OFFSET ?
             ) ORDER BY ${pageOrder(this.database.dialect, by, perPage)}`,
            [...where.params, perPage, offset],
          );
    return { total, subtotal, page, perPage, rows: rows.map(toReportSummary) };
  }

  /** Id of the newest report, of one host or of all. @throws AppError not_found when there is none */
  async lastId(hostId?: number): Promise<number> {
    const [row] = await this.database.query<RowOf<ConfigReport, 'id'>>(
      `SELECT id FROM config_reports ${hostId === undefined ? '' : 'WHERE host_id = ?'}
       ORDER BY reported_at DESC, origin DESC, id DESC LIMIT 1`,
      hostId === undefined ? [] : [hostId],
    );
    if (row === undefined) throw notFound('config_report', 'last');
    return row.id;
  }

  private where(search: SearchNode | null) {
    return compileSearch(search, reportFields, { dialect: this.database.dialect, now: this.clock.now() });
  }
}
