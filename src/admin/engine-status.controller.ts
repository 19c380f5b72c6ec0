import { Controller, Get, Param } from '@nestjs/common';
import { Allow } from '../auth';
import { ComputeResourceStore } from '../compute-resources';
import { Reply } from '../web';
import { engineStatusJson } from './compute-resource-json';
import { engineStatus } from './compute-resource.views';
import { EngineStatus } from './engine-status';

/** What a registered engine says now: loaded into its page, which need not wait for it. */
@Controller('compute_resources')
export class EngineStatusController {
  constructor(
    private readonly store: ComputeResourceStore,
    private readonly engines: EngineStatus,
  ) {}

  @Allow('view_compute_resources')
  @Get(':id/status')
  async status(@Param('id') id: string): Promise<Reply> {
    const answer = await this.engines.of(await this.store.get(id));
    return new Reply(
      'admin/compute-resource-status',
      () => engineStatus(answer),
      () => engineStatusJson(answer),
    );
  }
}
