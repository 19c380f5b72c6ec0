import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor, Permission } from '../common/actor';
import { AppError } from '../common/app-error';
import { AuditTrail, auditSource } from './audit-trail';
import { BrowserSessions, type Caller } from './browser-sessions';
import { FailedLogins } from './failed-logins';
import { LocalCredentials } from './local-credentials';
import { Uploaders } from './uploaders';

/** Finds out who calls. Credentials that are sent must be right: wrong ones never fall back to weaker proof. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly credentials: LocalCredentials,
    private readonly sessions: BrowserSessions,
    private readonly uploaders: Uploaders,
    private readonly failures: FailedLogins,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * @param needs what the route asks for; certificates and addresses speak for uploads only
   * @returns null when the caller shows nothing
   * @throws AppError not_signed_in when what the caller shows is wrong or ended; too_many_requests
   */
  async identify(request: Request, needs: readonly Permission[]): Promise<Caller | null> {
    const header = request.headers.authorization;
    if (header !== undefined) return { actor: await this.byHeader(header, request) };
    const caller = await this.sessions.callerOf(request);
    if (caller !== null) return caller;
    const actor = this.uploaders.of(request, needs);
    return actor === null ? null : { actor };
  }

  private async byHeader(header: string, request: Request): Promise<Actor> {
    const [, scheme = '', value = ''] = /^(\w+)\s+(\S+)$/.exec(header) ?? [];
    if (scheme.toLowerCase() === 'bearer') {
      const actor = await this.credentials.byToken(value);
      if (actor !== null) return actor;
      await this.refused({ actor: 'unknown', subject: 'Bearer', reason: 'unknown_token' }, request);
      throw new AppError('not_signed_in', 'Unable to authenticate this token');
    }
    if (scheme.toLowerCase() === 'basic') {
      const text = Buffer.from(value, 'base64').toString('utf8');
      const [, login = '', password = ''] = /^([^:]*):([^]*)$/.exec(text) ?? [];
      return this.byBasic(login, password, request);
    }
    throw new AppError('not_signed_in', 'Authorization is neither Basic nor Bearer');
  }

  private async byBasic(login: string, password: string, request: Request): Promise<Actor> {
    const known = await this.credentials.byTokenOrRemembered(login, password);
    if (known !== null) return known;
    const verify = () => this.credentials.byPassword(login, password);
    const entry = { actor: login, subject: 'Basic' };
    const { address } = auditSource(request);
    const actor = await this.failures.attempt(address, login, verify).catch(async (error: unknown) => {
      if (error instanceof AppError && error.code === 'too_many_requests')
        await this.refused({ ...entry, reason: 'too_many_attempts' }, request);
      throw error;
    });
    if (actor !== null) return actor;
    await this.refused({ ...entry, reason: 'bad_credentials' }, request);
    throw new AppError('not_signed_in', `Unable to authenticate user ${login}`);
  }

  private refused(entry: { actor: string; subject: string; reason: string }, request: Request): Promise<void> {
    return this.trail.refused({ ...entry, action: 'login', ...auditSource(request) });
  }
}
