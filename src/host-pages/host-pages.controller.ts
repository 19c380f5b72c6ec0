import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../auth';
import type { ReportHistory } from '../charts';
import { Clock } from '../common/clock';
import { EngineRegistry } from '../compute-resources';
import { ReportHistoryReadModel } from '../reports';
import { Framable, Jsonp, QueryPipe, Reply, Urls, numeric } from '../web';
import { historyJson } from './history-json';
import { hostGraphsPage } from './host-graphs.view';
import { hostJson } from '../foreman-api';
import { hostPage } from './host-page.view';
import { HostReadModel, type HostRecord } from '../hosts';

const MAX_RANGE_DAYS = 365;
const DEFAULT_RANGE_DAYS = 7;
const RANGE_FAULT = `is not understood: expected a number of days from 1 to ${MAX_RANGE_DAYS}, such as 1, 7 or 30`;

const HostPageQuery = z.object({
  range: z.preprocess(
    (value) => (value === '' ? undefined : value),
    numeric(z.number(RANGE_FAULT).int(RANGE_FAULT).min(1, RANGE_FAULT).max(MAX_RANGE_DAYS, RANGE_FAULT)).default(
      DEFAULT_RANGE_DAYS,
    ),
  ),
  list: z.string('must be given once, as a text').optional(),
});

/** A host's pages, made for webadmin's sub-tabs. */
@Controller('hosts')
export class HostPagesController {
  constructor(
    private readonly hosts: HostReadModel,
    private readonly history: ReportHistoryReadModel,
    private readonly engines: EngineRegistry,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @Allow('view_hosts', 'view_ovirt')
  @Framable()
  @Jsonp()
  @Get(':name/ovirt')
  async show(
    @Param('name') name: string,
    @Query(new QueryPipe(HostPageQuery)) { range, list }: z.output<typeof HostPageQuery>,
  ): Promise<Reply> {
    const { host, history, now } = await this.load(name, range);
    return new Reply(
      'hosts/show-ovirt',
      async () =>
        hostPage({ host, history, list, virtualMachineUrl: await this.virtualMachineUrl(host) }, this.urls, now),
      () => ({ host: hostJson(host), ...historyJson(history) }),
    );
  }

  @Allow('view_hosts', 'view_ovirt')
  @Framable()
  @Jsonp()
  @Get(':name/graphs/ovirt')
  async graphs(
    @Param('name') name: string,
    @Query(new QueryPipe(HostPageQuery)) { range, list }: z.output<typeof HostPageQuery>,
  ): Promise<Reply> {
    const { host, history, now } = await this.load(name, range);
    return new Reply(
      'hosts/graphs-ovirt',
      () => hostGraphsPage({ host, history, list }, this.urls, now),
      () => ({ host: { id: host.id, name: host.name }, ...historyJson(history) }),
    );
  }

  private async load(name: string, days: number): Promise<{ host: HostRecord; history: ReportHistory; now: Date }> {
    const now = this.clock.now();
    const host = await this.hosts.byName(name);
    return { host, history: await this.history.of(host.id, days, now), now };
  }

  /** Only a machine with a UUID can be found, and only where an engine is registered. */
  private async virtualMachineUrl({ name, uuid }: HostRecord): Promise<string | undefined> {
    if (uuid === null || (await this.engines.list()).length === 0) return undefined;
    return this.urls.url(`/hosts/${encodeURIComponent(name)}/vm/ovirt`);
  }
}
