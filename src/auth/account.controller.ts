import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { mayOneOf } from '../common/actor';
import { invalid } from '../common/app-error';
import { Clock } from '../common/clock';
import { Reply, SeeOther, Urls, ZodPipe, faultsOf } from '../web';
import type { FieldFaults } from '../web';
import { AccountDesk } from './account-desk';
import { accountPage, tokensPage, type NewToken } from './account.views';
import { AdminLayout } from './admin-layout';
import { Allow, SignedIn } from './allow';
import { auditSource } from './audit-trail';
import { actorOf } from './current-actor';
import { digestOf } from './token';
import { tokenJson, userJson, wholeListJson } from './user.json';
import { PasswordBody, TokenBody } from './user.params';

const TOKENS_PATH = '/personal_access_tokens';

/** What people see and change of their own account. */
@Controller()
export class AccountController {
  constructor(
    private readonly desk: AccountDesk,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @SignedIn()
  @Get('account')
  show(@Req() request: Request): Promise<Reply> {
    return this.account(request, {});
  }

  @SignedIn()
  @Post('account/password')
  @HttpCode(200)
  async changePassword(
    @Req() request: Request,
    @Body(new ZodPipe(PasswordBody)) { account }: z.output<typeof PasswordBody>,
  ): Promise<Reply | SeeOther> {
    const { sessionToken } = request;
    const { current_password: current, password, password_confirmation: repeated } = account;
    try {
      if (password !== repeated) throw invalid('password_confirmation', 'is not the same as the new password');
      const keep = sessionToken && digestOf(sessionToken);
      await this.desk.changePassword(actorOf(request), { current, password }, { ...auditSource(request), keep });
    } catch (error) {
      return this.account(request, faultsOf(error));
    }
    return new SeeOther(this.urls.url('/account'));
  }

  @Allow('create_personal_access_tokens', 'revoke_personal_access_tokens')
  @Get('personal_access_tokens')
  tokens(@Req() request: Request): Promise<Reply> {
    return this.tokenList(request, {});
  }

  /** The answer is the page itself, not a redirect: it is the only one that ever shows the token. */
  @Allow('create_personal_access_tokens')
  @Post('personal_access_tokens')
  @HttpCode(200)
  async createToken(
    @Req() request: Request,
    @Body(new ZodPipe(TokenBody)) { personal_access_token: wanted }: z.output<typeof TokenBody>,
  ): Promise<Reply> {
    const { name, expires_at: expiresAt } = wanted;
    return this.desk.createToken(actorOf(request), { name, expiresAt }, auditSource(request)).then(
      (secret) => this.tokenList(request, { made: { name, secret } }),
      (error: unknown) => this.tokenList(request, { faults: faultsOf(error) }),
    );
  }

  @Allow('revoke_personal_access_tokens')
  @Post('personal_access_tokens/:id/revoke')
  async revokeToken(@Req() request: Request, @Param('id') id: string): Promise<SeeOther> {
    await this.desk.revokeToken(actorOf(request), id, auditSource(request));
    return new SeeOther(this.urls.url(TOKENS_PATH));
  }

  private async account(request: Request, faults: FieldFaults): Promise<Reply> {
    const user = await this.desk.user(actorOf(request));
    return new Reply(
      'account/show',
      () => ({
        ...this.layout.of(request, 'Your account'),
        ...accountPage(user, faults, this.urls),
        status: Object.keys(faults).length === 0 ? 200 : 422,
      }),
      () => userJson(user),
    );
  }

  private async tokenList(request: Request, shown: { made?: NewToken; faults?: FieldFaults }): Promise<Reply> {
    const actor = actorOf(request);
    const tokens = await this.desk.tokens(actor);
    const now = this.clock.now();
    return new Reply(
      'account/tokens',
      () => ({
        ...this.layout.of(request, 'Personal access tokens'),
        ...tokensPage(
          tokens,
          { ...shown, mayCreate: mayOneOf(actor, ['create_personal_access_tokens']) },
          this.urls,
          now,
        ),
        status: shown.faults === undefined ? 200 : 422,
      }),
      () => wholeListJson(tokens.map((token) => tokenJson(token, now))),
    );
  }
}
