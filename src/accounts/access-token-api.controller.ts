import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../common/actor';
import { Clock } from '../common/clock';
import { ApiListQuery, Describe, QueryPipe, ZodPipe, listRequest } from '../web';
import { apiPage } from '../foreman-kit';
import { AccessTokens } from './access-tokens';
import { Allow, authorOf, CurrentActor } from '../auth';
import { newTokenJson, tokenJson } from './user.json';
import { TokenBody } from './user.params';
import { NewTokenAnswer, TokenAnswer, TokenListAnswer } from './user-api.schema';

/** Personal access tokens (Foreman: api/v2/personal_access_tokens_controller.rb); without a user, one's own. */
@Controller([
  'api/personal_access_tokens',
  'api/v2/personal_access_tokens',
  'api/users/:user/personal_access_tokens',
  'api/v2/users/:user/personal_access_tokens',
])
export class AccessTokenApiController {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  @Describe({ summary: "List one's access tokens", answer: TokenListAnswer })
  @Allow('create_personal_access_tokens', 'revoke_personal_access_tokens')
  @Get()
  async index(
    @CurrentActor() actor: Actor,
    @Query(new QueryPipe(ApiListQuery)) query: ApiListQuery,
    @Param('user') user?: string,
  ): Promise<object> {
    const now = this.clock.now();
    const found = await this.tokens.page(actor, user, listRequest(query));
    const results = found.rows.map((token) => tokenJson(token, now));
    return apiPage(found, query, results);
  }

  @Describe({ summary: 'Create an access token', answer: NewTokenAnswer })
  @Allow('create_personal_access_tokens')
  @Post()
  @HttpCode(201)
  async create(
    @Req() request: Request,
    @Body(new ZodPipe(TokenBody)) wanted: TokenBody,
    @Param('user') user?: string,
  ): Promise<object> {
    return newTokenJson(await this.tokens.create(authorOf(request), user, wanted), this.clock.now());
  }

  @Describe({ summary: 'Revoke an access token', answer: TokenAnswer })
  @Allow('revoke_personal_access_tokens')
  @Delete(':id')
  async revoke(@Req() request: Request, @Param('id') id: string, @Param('user') user?: string): Promise<object> {
    return tokenJson(await this.tokens.revoke(authorOf(request), user, id), this.clock.now());
  }
}
