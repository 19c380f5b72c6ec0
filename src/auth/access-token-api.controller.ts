import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Actor } from '../common/actor';
import { Clock } from '../common/clock';
import { Describe, ZodPipe } from '../web';
import { AccessTokens } from './access-tokens';
import { Allow } from './allow';
import { AuditTrail, auditSource } from './audit-trail';
import { CurrentActor } from './current-actor';
import { tokenJson, wholeListJson } from './user.json';
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
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  @Describe({ summary: "List one's access tokens", answer: TokenListAnswer })
  @Allow('create_personal_access_tokens', 'revoke_personal_access_tokens')
  @Get()
  async index(@CurrentActor() actor: Actor, @Param('user') user?: string): Promise<object> {
    const now = this.clock.now();
    const tokens = await this.tokens.list(actor, user ?? actor.userId ?? '');
    return wholeListJson(tokens.map((token) => tokenJson(token, now)));
  }

  @Describe({ summary: 'Create an access token', answer: NewTokenAnswer })
  @Allow('create_personal_access_tokens')
  @Post()
  @HttpCode(201)
  async create(
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(TokenBody)) { personal_access_token: wanted }: z.output<typeof TokenBody>,
    @Req() request: Request,
    @Param('user') user?: string,
  ): Promise<object> {
    const { name, expires_at: expiresAt } = wanted;
    const made = await this.tokens.create(actor, user ?? actor.userId ?? '', { name, expiresAt });
    await this.trail.change(actor, 'token.create', `${made.owner}: ${made.token.name}`, auditSource(request));
    return { ...tokenJson(made.token, this.clock.now()), token_value: made.secret };
  }

  @Describe({ summary: 'Revoke an access token', answer: TokenAnswer })
  @Allow('revoke_personal_access_tokens')
  @Delete(':id')
  async revoke(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Req() request: Request,
    @Param('user') user?: string,
  ): Promise<object> {
    const { token, owner } = await this.tokens.revoke(actor, user ?? actor.userId ?? '', id);
    await this.trail.change(actor, 'token.revoke', `${owner}: ${token.name}`, auditSource(request));
    return tokenJson(token, this.clock.now());
  }
}
