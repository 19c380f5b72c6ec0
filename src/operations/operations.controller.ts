import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../common/clock';
import { AdminLayout, SignedIn, actorOf, authorOf } from '../auth';
import { apiPage } from '../foreman-kit';
import { listAddress, timeView } from '../view-kit';
import { PageListQuery, QueryPipe, Reply, SeeOther, listRequest } from '../web';
import { operationJson } from './operation-json';
import { OperationListReadModel } from './operation-list.read-model';
import { operationList, operationPanel } from './operation.views';
import { Operations } from './operations';
import type { Operation } from './operation';

const PATH = '/operations';
/** While something goes on, and afterwards. */
const REFRESH_SECONDS = 2;
const IDLE_REFRESH_SECONDS = 60;

/** What takes longer than a request, as pages that move by themselves. */
@Controller('operations')
export class OperationsController {
  constructor(
    private readonly operations: Operations,
    private readonly list: OperationListReadModel,
    private readonly layout: AdminLayout,
    private readonly clock: Clock,
  ) {}

  @SignedIn()
  @Get()
  async index(@Req() request: Request, @Query(new QueryPipe(PageListQuery)) query: PageListQuery): Promise<Reply> {
    const { urls } = this.layout;
    const found = await this.list.page(actorOf(request), listRequest(query));
    const all = urls.url(PATH);
    const { search } = query;
    return new Reply(
      'operations/index',
      () => ({
        ...this.layout.of(request, 'Operations'),
        ...operationList(found, { urls, now: this.clock.now(), address: listAddress(urls, PATH, query) }),
        search: { action: all, value: search, clearUrl: search === '' ? undefined : all },
        nothing:
          search === ''
            ? {
                title: 'Nothing was done yet',
                text: 'What takes longer than a moment is found here: launches, imports, syncs.',
              }
            : {
                title: 'No operation matches',
                text: 'Change the search above.',
                link: { label: 'All operations', href: all },
              },
      }),
      () =>
        apiPage(
          found,
          query,
          found.rows.map((operation) => this.json(operation)),
        ),
    );
  }

  @SignedIn()
  @Get(':id')
  async show(@Req() request: Request, @Param('id') id: string): Promise<Reply> {
    const operation = await this.operations.get(actorOf(request), id);
    const { urls } = this.layout;
    return new Reply(
      'operations/show',
      () => ({
        ...this.layout.of(request, operation.title),
        panel: this.panel(operation),
        facts: [
          { label: 'Begun by', value: operation.login },
          { label: 'Engine', value: operation.computeResource?.name ?? '' },
          { label: 'Id', value: operation.id },
        ],
        at: timeView(operation.createdAt, this.clock.now(), 'moment'),
        listUrl: urls.url(PATH),
        refreshSeconds: operation.finishedAt === null ? REFRESH_SECONDS : IDLE_REFRESH_SECONDS,
      }),
      () => this.json(operation),
    );
  }

  /** The panel alone, for dialogs and other pages. */
  @SignedIn()
  @Get(':id/panel')
  async part(@Req() request: Request, @Param('id') id: string): Promise<Reply> {
    const operation = await this.operations.get(actorOf(request), id);
    return new Reply(
      'operations/panel',
      () => ({ layout: false, panel: this.panel(operation), hidden: this.layout.of(request, '').hidden }),
      () => this.json(operation),
    );
  }

  @SignedIn()
  @Post(':id/cancel')
  async cancel(@Req() request: Request, @Param('id') id: string): Promise<SeeOther> {
    await this.operations.cancel(authorOf(request), id);
    return new SeeOther(this.layout.urls.url(`${PATH}/${id}`));
  }

  private panel(operation: Operation) {
    return operationPanel(operation, this.operations.isCancellable(operation), this.layout.urls);
  }

  private json(operation: Operation): object {
    return operationJson(operation, this.operations.isCancellable(operation));
  }
}
