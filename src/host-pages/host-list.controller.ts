import { Controller, Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Allow } from '../auth';
import { Clock } from '../common/clock';
import { DEFAULT_PER_PAGE, MAX_PER_PAGE } from '../common/paging';
import { parseSearch } from '../search';
import {
  Framable,
  Jsonp,
  OrderText,
  PageNumber,
  QueryPipe,
  Reply,
  SearchText,
  Urls,
  perPage as rowsPerPage,
} from '../web';
import { HostListReadModel } from '../hosts';
import { HostListTools } from './host-list-tools';
import { HostListService } from './host-list.service';
import { hostListPage } from './host-list.view';

const ListQuery = z.object({
  search: SearchText,
  order: OrderText,
  page: PageNumber,
  per_page: rowsPerPage(MAX_PER_PAGE).optional(),
});

@Controller('hosts')
export class HostListController {
  constructor(
    private readonly list: HostListReadModel,
    private readonly lists: HostListService,
    private readonly tools: HostListTools,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @Allow('view_hosts', 'view_ovirt')
  @Framable()
  @Jsonp()
  @Get()
  index(
    @Query(new QueryPipe(ListQuery)) { search, order, page, per_page: perPage }: z.output<typeof ListQuery>,
    @Req() request: Request,
  ): Reply {
    return new Reply(
      'hosts/index',
      async () => {
        const [data, tools] = await Promise.all([
          this.lists.data({ search, order, page, perPage: perPage ?? DEFAULT_PER_PAGE }),
          this.tools.of(request, search),
        ]);
        return { ...hostListPage(data, tools, this.urls, this.clock.now()), status: data.problem && 400 };
      },
      async () => {
        const hosts = await this.list.legacy({
          search: parseSearch(search),
          order,
          page,
          perPage: perPage ?? MAX_PER_PAGE,
        });
        return hosts.map((host) => ({ host }));
      },
    );
  }
}
