import { z } from 'zod';
import type { AccountSessions } from './account-sessions';
import type { Dialect } from './dialect-port';
import { parseAnswer, unanswered } from './engine-answer';
import type { CallOptions } from './engine-client';
import { EngineError } from './engine-error';
import type { Credentials, EngineHttp, EngineMethod } from './engine-http';
import { checkCorrelationId, checkSecret } from './input';
import { KnownVersion } from './known-version';
import type { EngineIdentity, Started, WriteOptions } from './ports';
import { isAtLeast, versionNumbers, type VersionNumbers } from './version';
import * as wire from './wire';

/** Of a write: a host that does not answer holds the engine's answer up for 14 s, others take seconds of theirs. */
const WRITE_TIMEOUT_MS = 60_000;
/** Texts of the engine follow it, and some of them tell what is wrong. */
const ENGLISH = { 'accept-language': 'en-US' };

const PERSONAL = new WeakMap<Credentials, Promise<Credentials>>();

/** Of a list. */
export interface ReadOptions extends CallOptions {
  /** Default 8 MiB. */
  maxAnswerBytes?: number;
}

/**
 * What every port asks an engine by: JSON below its API, as somebody. Paths are fit for a URL (`/vms/ID?follow=nics`): use
 * `checkId` and `withQuery`. Throws EngineError; a read is repeated once when a kept connection turns out to be gone, a
 * write never: where it got no answer, `details.mayBeDone` says so.
 */
export class EngineCalls {
  private readonly known: KnownVersion;

  constructor(
    private readonly http: EngineHttp,
    /** The engine's generation, found out once. */
    readonly dialect: () => Promise<Dialect>,
    private readonly accounts: AccountSessions,
    private readonly limit?: { oldest: string; what: string; unlimited: EngineCalls },
  ) {
    const ask = async (as: EngineIdentity) => versionNumbers((await this.get(as, '', wire.apiRoot)).product);
    this.known = new KnownVersion(http, ask);
  }

  /**
   * The same for engines from this version on alone; older ones are refused as `unsupported`.
   * @param oldest such as `4.2`
   * @param what they lack, such as `Image transfers`
   */
  since(oldest: string, what: string): EngineCalls {
    return new EngineCalls(this.http, this.dialect, this.accounts, { oldest, what, unlimited: this });
  }

  get<T extends z.ZodType>(
    as: EngineIdentity,
    path: string,
    schema: T,
    options: ReadOptions = {},
  ): Promise<z.output<T>> {
    return this.call(as, options.signal, (credentials, dialect) =>
      this.http.within(options.signal, async (signal) => {
        const { maxAnswerBytes } = options;
        const request = { path: `${dialect.base}${path}`, headers: ENGLISH, credentials, signal, maxAnswerBytes };
        return parseAnswer(await this.http.request(request), schema, credentials.secrets);
      }),
    );
  }

  /** Null where there is none, or the caller may not see it. */
  async find<T extends z.ZodType>(
    as: EngineIdentity,
    path: string,
    schema: T,
    options: ReadOptions = {},
  ): Promise<z.output<T> | null> {
    try {
      return await this.get(as, path, schema, options);
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'not_found') return null;
      throw error;
    }
  }

  /** @param body `{}` at least: the engine answers 500 to less */
  post<T extends z.ZodType>(
    as: EngineIdentity,
    path: string,
    body: object,
    schema: T,
    options: WriteOptions,
  ): Promise<z.output<T>> {
    return this.write(as, { method: 'POST', path, json: body }, schema, options);
  }

  put<T extends z.ZodType>(
    as: EngineIdentity,
    path: string,
    body: object,
    schema: T,
    options: WriteOptions,
  ): Promise<z.output<T>> {
    return this.write(as, { method: 'PUT', path, json: body }, schema, options);
  }

  /** An action of something (`/vms/ID/start`). */
  action(as: EngineIdentity, path: string, body: object, options: WriteOptions): Promise<Started> {
    return this.post(as, path, body, wire.started, options);
  }

  delete(as: EngineIdentity, path: string, options: WriteOptions): Promise<Started> {
    return this.write(as, { method: 'DELETE', path }, wire.started, options);
  }

  /** What the engine says of itself, once in five minutes for all who ask. */
  async version(as: EngineIdentity, options: CallOptions = {}): Promise<VersionNumbers> {
    if (this.limit) return this.limit.unlimited.version(as, options);
    return this.known.of(as, options);
  }

  private async write<T extends z.ZodType>(
    as: EngineIdentity,
    { path, ...request }: { method: EngineMethod; path: string; json?: object },
    schema: T,
    { correlationId, signal }: WriteOptions,
  ): Promise<z.output<T>> {
    const headers = { ...ENGLISH, 'correlation-id': checkCorrelationId(correlationId) };
    return this.call(as, signal, async (credentials, dialect) => {
      try {
        return await this.http.within(
          signal,
          async (deadline) => {
            const sent = { ...request, path: `${dialect.base}${path}`, headers, credentials, signal: deadline };
            const answer = await this.http.request(sent);
            // 3.x says nothing more of what it has deleted.
            const isBare = answer.status === 200 && answer.text() === '';
            const secrets = [...credentials.secrets, ...passwordsIn(request.json)];
            return parseAnswer(isBare ? { ...answer, status: 204 } : answer, schema, secrets);
          },
          WRITE_TIMEOUT_MS,
        );
      } catch (error) {
        throw error instanceof EngineError ? unanswered(error) : error;
      }
    });
  }

  private async call<T>(
    as: EngineIdentity,
    signal: AbortSignal | undefined,
    call: (credentials: Credentials, dialect: Dialect) => Promise<T>,
  ): Promise<T> {
    await this.demandVersion(as, { signal });
    const { credential } = as;
    if ('account' in credential) {
      const session = this.accounts.of(credential.account);
      if (as.kind !== 'access_key') return session.run(signal, call);
      return session.run(signal, async (own, dialect) => call(await this.asPerson(own, dialect), dialect));
    }
    checkSecret(credential.session);
    const dialect = await this.http.within(signal, () => this.dialect());
    return call(dialect.sessionCredentials(credential.session), dialect);
  }

  /** Found out once for each session. */
  private asPerson(session: Credentials, dialect: Dialect): Promise<Credentials> {
    const known = PERSONAL.get(session);
    if (known) return known;
    const found = this.http.within(undefined, (deadline) => dialect.personalCredentials(this.http, session, deadline));
    PERSONAL.set(session, found);
    found.catch(() => PERSONAL.delete(session));
    return found;
  }

  /** Throws `unsupported` where the engine is older than `since` says. */
  async demandVersion(as: EngineIdentity, { signal }: CallOptions = {}): Promise<void> {
    if (this.limit) await this.refuseOlder(this.limit, as, signal);
  }

  private async refuseOlder(
    { oldest, what }: { oldest: string; what: string },
    as: EngineIdentity,
    signal?: AbortSignal,
  ): Promise<void> {
    const version = await this.version(as, { signal });
    if (isAtLeast(version, oldest)) return;
    const [major, minor] = version;
    throw new EngineError('unsupported', `${what} need an engine from ${oldest} on; this one is ${major}.${minor}`);
  }
}

/** `withQuery('/vms', { max: 50, search: 'name=x' })` → `/vms?max=50&search=name%3Dx`; what is undefined is left out. */
export function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const written = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return written.length === 0 ? path : `${path}?${written.join('&')}`;
}

/** What no error may repeat of a body. */
function passwordsIn(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? (name.endsWith('password') ? [value] : []) : passwordsIn(value),
  );
}
