import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '../common/app-error';
import { UnitOfWork } from '../database';
import { QueryPipe, Reply, Urls, ZodPipe, wantsJson } from '../web';
import { Public } from './allow';
import { Authenticator } from './authenticator';
import { loginPage } from './login.view';
import { SESSION_COOKIE, sessionCookieOptions } from './session-cookie';
import { SessionStore } from './session.store';

const Credentials = z.object({
  login: z.object({ login: z.string().min(1).max(255), password: z.string().min(1).max(16_384) }),
});
const LoginQuery = z.object({ refused: z.string().max(10).optional() }).loose();

/** Signing in and out, at Foreman's addresses (Foreman: users_controller.rb). */
@Controller('users')
export class SessionController {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly sessions: SessionStore,
    private readonly work: UnitOfWork,
    private readonly urls: Urls,
  ) {}

  @Public()
  @Get('login')
  form(@Query(new QueryPipe(LoginQuery)) query: z.output<typeof LoginQuery>): Reply {
    return new Reply(
      'auth/login',
      () => loginPage({ refused: query.refused !== undefined }, this.urls),
      () => ({ message: `POST login[login] and login[password] to ${this.urls.url('/users/login')}` }),
    );
  }

  @Public()
  @Post('login')
  @HttpCode(200)
  async login(
    @Body(new ZodPipe(Credentials)) { login }: z.output<typeof Credentials>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const actor = await this.authenticator.byPassword(login.login, login.password);
    const program = wantsJson(request) || request.headers['x-requested-with'] !== undefined;
    if (actor?.userId === undefined) {
      if (program) throw new AppError('login_refused', 'Incorrect username or password', { reason: 'bad_credentials' });
      return response.redirect(302, this.urls.url('/users/login?refused=1'));
    }
    const { userId } = actor;
    const token = await this.work.run((tx) => this.sessions.create(tx, userId));
    response.cookie(SESSION_COOKIE, token, sessionCookieOptions(request, this.urls.cookiePath));
    if (!program) return response.redirect(302, this.urls.url('/hosts'));
    return { user: { id: userId, login: actor.name } };
  }

  @Public()
  @Get('logout')
  async logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<unknown> {
    const cookie: unknown = (request.cookies as Record<string, unknown>)[SESSION_COOKIE];
    if (typeof cookie === 'string') await this.sessions.end(cookie);
    response.clearCookie(SESSION_COOKIE, sessionCookieOptions(request, this.urls.cookiePath));
    if (!wantsJson(request)) return response.redirect(302, this.urls.url('/users/login'));
    return { message: 'Logged out' };
  }
}
