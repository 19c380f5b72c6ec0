import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { userIdOf } from '../common/actor';
import { Reply, SeeOther, Urls, ZodPipe } from '../web';
import { refill, type FieldFaults } from '../view-kit';
import { accountPage } from './account.views';
import { AdminLayout, SignedIn, authorOf, actorOf } from '../auth';
import { OwnPassword } from './own-password';
import { UserDirectory } from './user-directory.read-model';
import { userJson } from './user.json';
import { PasswordBody } from './user.params';

/** What people see and change of their own account. */
@Controller()
export class AccountController {
  constructor(
    private readonly directory: UserDirectory,
    private readonly passwords: OwnPassword,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
  ) {}

  @SignedIn()
  @Get('account')
  show(@Req() request: Request): Promise<Reply> {
    return this.account(request, {});
  }

  @SignedIn()
  @Post('account/password')
  @HttpCode(200)
  changePassword(
    @Req() request: Request,
    @Body(new ZodPipe(PasswordBody)) passwords: PasswordBody,
  ): Promise<Reply | SeeOther> {
    const change = this.passwords.change(authorOf(request), passwords);
    const done = change.then(() => new SeeOther(this.urls.url('/account')));
    return refill(done, (faults) => this.account(request, faults));
  }

  private async account(request: Request, faults: FieldFaults): Promise<Reply> {
    const user = await this.directory.get(userIdOf(actorOf(request)));
    return new Reply(
      'account/show',
      () => ({ ...this.layout.of(request, 'Your account'), ...accountPage(user, faults, this.urls) }),
      () => userJson(user),
    );
  }
}
