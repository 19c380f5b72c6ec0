import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../auth';
import { Clock } from '../common/clock';
import { DEFAULT_PER_PAGE, MAX_PER_PAGE } from '../common/paging';
import { parseSearch } from '../search';
import { Framable, Jsonp, QueryPipe, Reply, Urls } from '../web';
import { HostListReadModel } from './host-list.read-model';
import { HostListService } from './host-list.service';
import { hostListPage } from './host-list.view';

const positive = (name: string) =>
  z.coerce.number(`is not a number`).int(`${name} must be a whole number`).min(1, 'must be at least 1');
const ListQuery = z.object({
  search: z.string().default(''),
  order: z.string().max(100).default(''),
  page: positive('page').default(1),
  per_page: positive('per_page')
    .transform((count) => Math.min(count, MAX_PER_PAGE))
    .optional(),
});

@Controller('hosts')
export class HostListController {
  constructor(
    private readonly list: HostListReadModel,
    private readonly lists: HostListService,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @Allow('view_hosts', 'view_ovirt')
  @Framable()
  @Jsonp()
  @Get()
  index(
    @Query(new QueryPipe(ListQuery)) { search, order, page, per_page: perPage }: z.output<typeof ListQuery>,
  ): Reply {
    return new Reply(
      'hosts/index',
      async () => {
        const data = await this.lists.data({ search, order, page, perPage: perPage ?? DEFAULT_PER_PAGE });
        return { ...hostListPage(data, this.urls, this.clock.now()), status: data.searchError && 400 };
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
