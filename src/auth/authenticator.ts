import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor, Permission } from '../common/actor';
import { AppError } from '../common/app-error';
import { AuditTrail, auditSource } from '../audit';
import { BrowserSessions, type Caller } from './sessions/browser-sessions';
import type { Protocol } from '../web';
import { FailedLogins } from './failed-logins';
import { LocalCredentials } from './local-credentials';
import { digestOf } from './token';
import { Uploaders } from './uploaders/uploaders';

/**
 * Looks for one kind of proof.
 * @param needs what the route asks for
 * @returns null when the caller shows none
 * @throws AppError not_signed_in when what the caller shows is wrong or ended; too_many_requests
 */
export type CredentialCheck = (
  request: Request,
  needs: readonly Permission[],
) => Caller | null | Promise<Caller | null>;

/** Finds out who calls. Credentials that are sent must be right: wrong ones never fall back to weaker proof. */
@Injectable()
export class Authenticator {
  private readonly checks = new Map<string, CredentialCheck>([
    ['authorization', (request) => this.byHeader(request)],
    ['session', (request) => this.sessions.callerOf(request)],
    ['uploader', (request, needs) => this.uploaderOf(request, needs)],
  ]);

  constructor(
    private readonly credentials: LocalCredentials,
    private readonly sessions: BrowserSessions,
    private readonly uploaders: Uploaders,
    private readonly failures: FailedLogins,
    private readonly trail: AuditTrail,
  ) {}

  /** Adds a kind of proof for protocols that name it. */
  add(kind: string, check: CredentialCheck): void {
    if (this.checks.has(kind)) throw new Error(`${kind} is checked already`);
    this.checks.set(kind, check);
  }

  /** @throws Error where a protocol names a proof that nobody checks */
  demandChecks({ name, credentials }: Protocol): void {
    for (const kind of credentials) if (!this.checks.has(kind)) throw new Error(`${name}: nobody checks ${kind}`);
  }

  /**
   * @param kinds what counts as proof in the request's protocol; the first that is shown decides
   * @returns null when the caller shows nothing
   * @throws AppError as the checks do
   */
  async identify(request: Request, kinds: readonly string[], needs: readonly Permission[]): Promise<Caller | null> {
    for (const kind of kinds) {
      const caller = (await this.checks.get(kind)?.(request, needs)) ?? null;
      if (caller !== null) return caller;
    }
    return null;
  }

  /** Certificates and addresses speak for uploads only. */
  private uploaderOf(request: Request, needs: readonly Permission[]): Caller | null {
    const actor = this.uploaders.of(request, needs);
    return actor && { actor };
  }

  private async byHeader(request: Request): Promise<Caller | null> {
    const header = request.headers.authorization;
    return header === undefined ? null : { actor: await this.named(header, request) };
  }

  private async named(header: string, request: Request): Promise<Actor> {
    const [, scheme = '', value = ''] = /^(\w+)\s+(\S+)$/.exec(header) ?? [];
    if (scheme.toLowerCase() === 'bearer') {
      const actor = (await this.credentials.byToken(value)) ?? (await this.sessions.actorBehind(digestOf(value)));
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
