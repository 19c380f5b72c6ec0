import { Injectable, Logger } from '@nestjs/common';
import type { AppError } from '../../common/app-error';
import { EngineRegistry, isAnotherEngine, type RegisteredEngine } from '../../compute-resources';
import { EngineError, matchesClaim, type OwnerClaim, type SessionOwner, type SignedInOwner } from '../../engine';
import type { RequestSource } from '../../web';
import { faultIn, hasPrefixOf, webOriginOrNull, withoutPrefix, type LoginForm } from './login-form';
import { EngineDelegation } from './engine-delegation';
import { passwordRefusalOf, refusal, refusalOf, type LoginRefusal, type LoginRefused } from '../login-refusal';
import {
  asNamed,
  asPassword,
  asUntold,
  labelsOf,
  type EngineAttempt,
  type NamedEngine,
  type PasswordAttempt,
  type Recognised,
} from './recognise';

export interface ProvedOwner {
  engine: RegisteredEngine;
  owner: SessionOwner;
  origin?: string;
}

/** Of several engines' refusals, the first of these is told. */
const TELLING: LoginRefusal[] = [
  'owner_mismatch',
  'engine_replaced',
  'malformed_secret',
  'no_engine_role',
  'no_proof',
  'engine_unreachable',
  'engine_session_or_role',
  'engine_session_ended',
];

const LEAVE_MS = 1_000;

/** Finds out whose engine session a login shows, and at which engine. */
@Injectable()
export class EngineLogin {
  private readonly logger = new Logger(EngineLogin.name);

  constructor(
    private readonly registry: EngineRegistry,
    private readonly delegation: EngineDelegation,
  ) {}

  /**
   * The engine session or an engine's password in these credentials, or that they are a local user's. Nothing is asked yet.
   * @throws LoginRefused from a page that is neither ours nor an engine's, for an engine that is not registered or
   *   switched off, or when they can be neither of the two
   */
  async recognise(credentials: LoginForm, source: RequestSource): Promise<Recognised> {
    const named = await this.namedEngine(credentials, source);
    const told = credentials.engine !== undefined || source.kind === 'other';
    const fault = faultIn(credentials, { told });
    if (fault !== null) throw refusal(fault);
    const attempt = named !== null && credentials.engine !== undefined ? asPassword(credentials, named) : null;
    if (attempt !== null) return { engine: null, password: attempt };
    if (named !== null && told) return asNamed(credentials, named);
    const all = await this.registry.list();
    const recognised = asUntold(credentials, all, named);
    return recognised.engine === null || named !== null ? recognised : this.amongTrusted(recognised.engine, all);
  }

  /**
   * Offers the session to the engines at once; the first proved owner wins and the other questions are given up.
   * @throws AppError with the most telling refusal when no engine proves the claim
   */
  async prove({ login, secret, userId, engines, origin }: EngineAttempt): Promise<ProvedOwner> {
    const others = new AbortController();
    const asked = engines.map((engine) => {
      const claim = { userId, login: withoutPrefix(engine, login) };
      return this.ownerAt({ engine, origin }, secret, claim, others.signal);
    });
    try {
      return await firstProof(asked);
    } finally {
      others.abort();
    }
  }

  /**
   * Signs the person in at their engine, with the password once.
   * @throws LoginRefused; AppError too_many_requests before a wrong one might lock the account there
   */
  async provePassword({ engine, origin, user, password }: PasswordAttempt): Promise<ProvedOwner & SignedInOwner> {
    const { label } = engine;
    const { secret, owner } = await engine
      .clientOf(origin)
      .signIn(user, password)
      .catch((error: unknown) => {
        if (!(error instanceof EngineError)) throw error;
        const reason = passwordRefusalOf(error);
        if (reason === 'engine_unreachable') this.logger.warn(error, `${label} signs nobody in`);
        throw refusal(reason, { subject: label, cause: error });
      });
    if (!isAnotherEngine(engine, owner.instanceId)) return { engine, owner, origin, secret };
    await this.leave({ engine, origin, secret });
    throw refusal('engine_replaced', { subject: label });
  }

  /** Ends a session that we opened at its engine; one that does not answer soon is left to end it by itself. */
  async leave({
    engine,
    origin,
    secret,
  }: {
    engine: RegisteredEngine;
    origin?: string;
    secret: string;
  }): Promise<void> {
    const signal = AbortSignal.timeout(LEAVE_MS);
    await engine
      .clientOf(origin)
      .signOut(secret, { signal })
      .catch((error: unknown) => this.logger.debug(error, `a session of ${engine.label} ends by itself`));
  }

  /** A session of which nobody says whose it is must not be shown to an engine that somebody made for that. */
  private async amongTrusted(attempt: EngineAttempt, all: RegisteredEngine[]): Promise<Recognised> {
    const sharing = all.filter((engine) => hasPrefixOf(engine, attempt.login));
    const engines = (await this.delegation.trusted(sharing)).filter(({ enabled }) => enabled);
    if (engines.length === 0) throw refusal('engine_not_named', { subject: labelsOf(sharing) });
    return { engine: { ...attempt, engines } };
  }

  /** The engine that the plugin names, or whose webadmin the request comes from; null when neither tells. */
  private async namedEngine({ engine: url }: LoginForm, source: RequestSource): Promise<NamedEngine | null> {
    const origin = source.kind === 'untold' ? null : source.origin;
    const framing = origin === null ? null : await this.registry.byOrigin(origin);
    if (source.kind === 'other' && framing === null) throw foreign(origin);
    if (url === undefined) return framing === null || origin === null ? null : { engine: framing, origin };
    const found = await this.byUrlOrKey(url);
    if (found === null) throw unregistered(url);
    const { engine } = found;
    if (source.kind === 'other' && engine.engineId !== framing?.engineId)
      throw foreign(origin, { url: found.origin, label: engine.label });
    return found;
  }

  /** @param text base URL of an engine, else id or name of a compute resource */
  private async byUrlOrKey(text: string): Promise<NamedEngine | null> {
    const origin = webOriginOrNull(text);
    if (origin === null) return this.registry.byComputeResource(text);
    const engine = await this.registry.byOrigin(origin);
    return engine && { engine, origin };
  }

  private async ownerAt(
    { engine, origin }: Omit<ProvedOwner, 'owner'>,
    secret: string,
    claim: OwnerClaim,
    signal: AbortSignal,
  ): Promise<ProvedOwner> {
    const { acceptReadableUser, label } = engine;
    const owner = await engine
      .clientOf(origin)
      .ownerOf(secret, claim, { acceptReadableUser }, { signal })
      .catch((error: unknown) => {
        const reason = refusalOf(error);
        if (reason === 'engine_unreachable' && !signal.aborted) this.logger.warn(error, `${label} proves nothing`);
        throw refusal(reason, { subject: label, cause: error });
      });
    if (!matchesClaim(owner, claim))
      throw refusal('owner_mismatch', { subject: `${label}: session of ${owner.userName} (${owner.proof})` });
    if (isAnotherEngine(engine, owner.instanceId)) throw refusal('engine_replaced', { subject: label });
    return { engine, owner, origin };
  }
}

/** @param named the engine of our own that the page names */
function foreign(origin: string | null, named?: { url: string; label: string }): LoginRefused {
  const name = origin === null ? 'pages that hide their origin' : `pages of ${origin}`;
  const subject = origin ?? 'a page that hides its origin';
  if (named === undefined) return refusal('foreign_origin', { name, subject });
  return refusal('foreign_origin', { name: `${name} for ${named.url}`, subject: `${subject} for ${named.label}` });
}

function unregistered(engine: string): LoginRefused {
  const origin = webOriginOrNull(engine);
  const name = origin ?? (/^[^\p{Cc}]{1,255}$/u.test(engine) ? engine : 'An engine without a name');
  return refusal('engine_not_registered', { name, subject: origin ?? '' });
}

/** Rejects at once when an engine knows the session as somebody else's, else when every engine has refused. */
function firstProof(asked: Promise<ProvedOwner>[]): Promise<ProvedOwner> {
  return new Promise((resolve, reject) => {
    for (const each of asked)
      each.catch((error: AppError) => error.details.reason === 'owner_mismatch' && reject(error));
    Promise.any(asked).then(resolve, ({ errors }: AggregateError) => reject(mostTelling(errors as AppError[])));
  });
}

function mostTelling(errors: AppError[]): AppError {
  const rank = ({ details: { reason } }: AppError) => TELLING.findIndex((telling) => telling === reason);
  const [first] = errors.toSorted((a, b) => rank(a) - rank(b));
  return first ?? refusal('engine_session_ended');
}
