import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { mayOneOf } from '../common/actor';
import { Clock } from '../common/clock';
import { Reply, SeeOther, Urls, ZodPipe } from '../web';
import { refill } from '../view-kit';
import { wholePage } from '../foreman-kit';
import { AccessTokens } from './access-tokens';
import { tokensPage, type TokensState } from './account.views';
import { AdminLayout, Allow, authorOf, actorOf } from '../auth';
import { newTokenJson, tokenJson } from './user.json';
import { TokenBody } from './user.params';

const PATH = '/personal_access_tokens';

/** The own personal access tokens. */
@Controller('personal_access_tokens')
export class AccessTokenPagesController {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @Allow('create_personal_access_tokens', 'revoke_personal_access_tokens')
  @Get()
  tokens(@Req() request: Request): Promise<Reply> {
    return this.tokenList(request, {});
  }

  /** The answer is the page itself, not a redirect: it is the only one that ever shows the token. */
  @Allow('create_personal_access_tokens')
  @Post()
  @HttpCode(201)
  createToken(@Req() request: Request, @Body(new ZodPipe(TokenBody)) wanted: TokenBody): Promise<Reply> {
    const change = this.accessTokens.create(authorOf(request), undefined, wanted);
    const done = change.then((made) => this.tokenList(request, { made }));
    return refill(done, (faults) => this.tokenList(request, { typed: wanted, faults }));
  }

  @Allow('revoke_personal_access_tokens')
  @Post(':id/revoke')
  async revokeToken(@Req() request: Request, @Param('id') id: string): Promise<SeeOther> {
    await this.accessTokens.revoke(authorOf(request), undefined, id);
    return new SeeOther(this.urls.url(PATH));
  }

  private async tokenList(request: Request, state: TokensState): Promise<Reply> {
    const actor = actorOf(request);
    const tokens = await this.accessTokens.own(actor);
    const now = this.clock.now();
    const { made } = state;
    const mayCreate = mayOneOf(actor, ['create_personal_access_tokens']);
    return new Reply(
      'account/tokens',
      () => ({
        ...this.layout.of(request, 'Personal access tokens'),
        ...tokensPage(tokens, { ...state, mayCreate }, this.urls, now),
      }),
      () => (made ? newTokenJson(made, now) : wholePage(tokens.map((token) => tokenJson(token, now)))),
    );
  }
}
