import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Allow } from '../auth';
import { parseSearch } from '../search';
import { Describe, QueryPipe } from '../web';
import { apiPage } from '../foreman-kit';
import { FactReadModel, factsByHost } from '../hosts';
import { FactsAnswer, OfHostQuery } from './host-api.schema';
import { scopeOf } from './host-scope';

/** Facts of all hosts (Foreman: api/v2/fact_values_controller.rb). */
@Controller(['api/v2/fact_values', 'api/fact_values'])
export class FactApiController {
  constructor(private readonly facts: FactReadModel) {}

  @Describe({ summary: 'List facts', answer: FactsAnswer, notes: 'Pages count facts, not hosts.' })
  @Allow('view_facts')
  @Get()
  async index(@Query(new QueryPipe(OfHostQuery)) query: z.output<typeof OfHostQuery>): Promise<object> {
    const { host_id: host, search, order, page, per_page: perPage } = query;
    const scope = scopeOf('host', host);
    const facts = await this.facts.page({ scope, search: parseSearch(search), order, page, perPage });
    return apiPage(facts, query, factsByHost(facts.rows));
  }
}
