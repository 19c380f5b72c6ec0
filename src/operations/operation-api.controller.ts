import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../common/actor';
import { ApiListQuery, Describe, QueryPipe, listRequest } from '../web';
import { apiPage } from '../foreman-kit';
import { CurrentActor, SignedIn, authorOf } from '../auth';
import { OperationAnswer, OperationListAnswer, operationJson } from './operation-json';
import { OperationListReadModel } from './operation-list.read-model';
import { Operations } from './operations';
import type { Operation } from './operation';

/** What takes longer than a request. */
@Controller(['api/operations', 'api/v2/operations'])
export class OperationApiController {
  constructor(
    private readonly operations: Operations,
    private readonly list: OperationListReadModel,
  ) {}

  @Describe({
    summary: 'List operations',
    answer: OperationListAnswer,
    notes: "One's own, or all with view_operations; newest first",
  })
  @SignedIn()
  @Get()
  async index(@CurrentActor() actor: Actor, @Query(new QueryPipe(ApiListQuery)) query: ApiListQuery): Promise<object> {
    const found = await this.list.page(actor, listRequest(query));
    const results = found.rows.map((operation) => this.json(operation));
    return apiPage(found, query, results);
  }

  @Describe({ summary: 'Show an operation', answer: OperationAnswer })
  @SignedIn()
  @Get(':id')
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.json(await this.operations.get(actor, id));
  }

  @Describe({
    summary: 'Cancel an operation',
    answer: OperationAnswer,
    notes: 'What it made is removed again; 409 not_cancellable where that is not safe',
  })
  @SignedIn()
  @Post(':id/cancel')
  @HttpCode(202)
  async cancel(@Req() request: Request, @Param('id') id: string): Promise<object> {
    return this.json(await this.operations.cancel(authorOf(request), id));
  }

  private json(operation: Operation): object {
    return operationJson(operation, this.operations.isCancellable(operation));
  }
}
