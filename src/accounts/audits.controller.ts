import { Controller, Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../common/clock';
import type { Page } from '../common/paging';
import { PageListQuery, QueryPipe, Reply, Urls } from '../web';
import { apiPage, foremanTime } from '../foreman-kit';
import { listAddress, pagesView, timeView } from '../view-kit';
import { AdminLayout, Allow } from '../auth';
import { AuditReadModel, SEARCHED_ENTRIES, type AuditRow } from '../audit';

const PATH = '/audits';

/** Who did what, newest first. */
@Controller('audits')
export class AuditsController {
  constructor(
    private readonly audits: AuditReadModel,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @Allow('view_audit_logs')
  @Get()
  async index(@Req() request: Request, @Query(new QueryPipe(PageListQuery)) query: PageListQuery): Promise<Reply> {
    const { search, page, per_page: perPage } = query;
    const found = await this.audits.list({ search, page, perPage });
    const all = this.urls.url(PATH);
    return new Reply(
      'audits/index',
      () => ({
        ...this.layout.of(request, 'Audit'),
        count: countOf(found, search),
        search: { action: all, value: search, clearUrl: search === '' ? undefined : all },
        rows: found.rows.map(({ at, ...row }) => ({
          ...row,
          at: timeView(at, this.clock.now(), 'moment'),
          refused: row.outcome === 'refused',
        })),
        nothing: {
          title: 'No entry matches',
          text: 'Change the search above.',
          link: { label: 'All entries', href: all },
        },
        pages: pagesView(found, listAddress(this.urls, PATH, query)),
      }),
      () =>
        apiPage(
          found,
          { search, order: '' },
          found.rows.map(({ at, requestId, ...row }) => ({ ...row, at: foremanTime(at), request_id: requestId })),
        ),
    );
  }
}

function countOf({ total, subtotal }: Page<AuditRow>, search: string): string {
  if (search === '') return `${total} in all`;
  return total > SEARCHED_ENTRIES ? `${subtotal} of the newest ${SEARCHED_ENTRIES}` : `${subtotal} of ${total}`;
}
