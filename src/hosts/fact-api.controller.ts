import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Allow } from '../auth';
import { parseSearch } from '../search';
import { ApiListQuery, Describe, QueryPipe, apiPage } from '../web';
import { FactReadModel, factsByHost } from './facts/fact.read-model';
import { FactsAnswer } from './host-api.schema';

/** Facts of all hosts (Foreman: api/v2/fact_values_controller.rb). */
@Controller(['api/v2/fact_values', 'api/fact_values'])
export class FactApiController {
  constructor(private readonly facts: FactReadModel) {}

  @Describe({ summary: 'List facts', answer: FactsAnswer, notes: 'Pages count facts, not hosts.' })
  @Allow('view_facts')
  @Get()
  async index(@Query(new QueryPipe(ApiListQuery)) query: z.output<typeof ApiListQuery>): Promise<object> {
    const { search, page, per_page: perPage } = query;
    const facts = await this.facts.page({ search: parseSearch(search), page, perPage });
    return apiPage(facts, query, factsByHost(facts.rows));
  }
}
