import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '../common/app-error';
import { EngineRegistry } from '../compute-resources';
import {
  QueryPipe,
  RequestBody,
  SeeOther,
  Reply,
  Urls,
  WEB_CONFIG,
  ZodPipe,
  ownPath,
  requestSource,
  wantsJson,
  type WebConfig,
} from '../web';
import { Public, SignedIn } from './allow';
import { auditSource } from '../audit';
import { BrowserSessions } from './sessions/browser-sessions';
import { ChecksOriginItself } from './forgery.guards';
import { LoginRefused } from './login-refusal';
import { TakesLogins } from './failed-logins.guard';
import { loginPage } from './login.view';
import { SignIn } from './sign-in';

const NO_LOGIN = 'must hold the texts login[login] and login[password]';
/** What is in the texts is looked at by the login itself, which has answers of its own and an audit trail. */
const Credentials = z.object({
  login: z.looseObject({}, NO_LOGIN).transform(({ login, password, engine }, context) => {
    if (
      typeof login === 'string' &&
      typeof password === 'string' &&
      (engine === undefined || typeof engine === 'string')
    )
      return { login, password, engine: engine === '' ? undefined : engine };
    context.addIssue(NO_LOGIN);
    return z.NEVER;
  }),
  original_uri: z.string().max(2_000).optional().catch(undefined),
});
const LoginQuery = z.object({
  refused: z.string().max(50).optional(),
  original_uri: z.string().max(2_000).optional(),
  engine: z.string().max(20).optional(),
});

/** Signing in and out, at Foreman's addresses (Foreman: users_controller.rb). */
@Controller('users')
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: BrowserSessions,
    private readonly engines: EngineRegistry,
    private readonly urls: Urls,
    @Inject(WEB_CONFIG) private readonly web: WebConfig,
  ) {}

  @Public()
  @Get('login')
  form(@Query(new QueryPipe(LoginQuery)) query: z.output<typeof LoginQuery>): Reply {
    const originalUri = ownPath(query.original_uri, this.web.basePath);
    return new Reply(
      'auth/login',
      async () => {
        const engines = (await this.engines.list()).filter(({ enabled }) => enabled);
        return loginPage({ engines, chosen: query.engine, refused: query.refused, originalUri }, this.urls);
      },
      () => ({
        message: `POST login[login] and login[password] to ${this.urls.url('/users/login')}, with login[engine] for the user of an engine`,
      }),
    );
  }

  @Public()
  @ChecksOriginItself()
  @TakesLogins()
  @Post('login')
  @HttpCode(200)
  async login(
    @RequestBody(new ZodPipe(Credentials)) body: z.output<typeof Credentials>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const source = requestSource(request, this.web);
    const originalUri = ownPath(body.original_uri, this.web.basePath);
    try {
      const { userId, login, authSource, token } = await this.signIn.signIn(body.login, {
        source,
        ...auditSource(request),
      });
      await this.sessions.begin(request, response, token);
      if (wantsJson(request)) return { user: { id: userId, login, auth_source_name: authSource } };
      return new SeeOther(originalUri ?? this.urls.url('/hosts'), 302);
    } catch (error) {
      if (wantsJson(request) || !(error instanceof LoginRefused) || error.reason === 'foreign_origin') throw error;
      const query = new URLSearchParams({ refused: error.reason });
      const { engine } = body.login;
      if (engine !== undefined && /^\d+$/.test(engine)) query.set('engine', engine);
      if (originalUri !== null) query.set('original_uri', originalUri);
      return new SeeOther(this.urls.url(`/users/login?${query.toString()}`), 302);
    }
  }

  /** The UI plugin's way out; another site's page cannot take it. */
  @Public()
  @Get('logout')
  async logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<unknown> {
    const source = requestSource(request, this.web);
    if (source.kind === 'other' && (source.origin === null || (await this.engines.byOrigin(source.origin)) === null))
      throw new AppError('forbidden', 'Signing out is not taken from pages of another site', {
        reason: 'foreign_origin',
      });
    return this.leave(request, response);
  }

  @SignedIn()
  @Post('logout')
  @HttpCode(200)
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<unknown> {
    return this.leave(request, response);
  }

  private async leave(request: Request, response: Response): Promise<unknown> {
    await this.sessions.end(request, response);
    return wantsJson(request) ? { message: 'Logged out' } : new SeeOther(this.urls.url('/users/login'), 302);
  }
}
