import { Injectable, Logger } from '@nestjs/common';
import type { AppError } from '../../common/app-error';
import { EngineRegistry, isAnotherEngine, type RegisteredEngine } from '../../compute-resources';
import { isEngineId, matchesClaim, type OwnerClaim, type SessionOwner } from '../../engine';
import type { RequestSource } from '../../web';
import { faultIn, hasPrefixOf, splitSecret, webOriginOrNull, withoutPrefix, type LoginForm } from './login-form';
import { EngineDelegation } from './engine-delegation';
import { refusal, refusalOf, type LoginRefusal, type LoginRefused } from '../login-refusal';

/** An engine session that is to be proved, and where. */
export interface EngineAttempt {
  login: string;
  secret: string;
  userId: string;
  engines: RegisteredEngine[];
  /** Which of the engine's addresses the session comes from, where that was told. */
  origin?: string;
}

/** `otherwise`: what a wrong password of these is answered with, where that tells more than that it is wrong. */
export type Recognised = { engine: EngineAttempt } | { engine: null; otherwise: LoginRefused | null };

interface NamedEngine {
  engine: RegisteredEngine;
  origin: string;
}

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

/** Finds out whose engine session a login shows, and at which engine. */
@Injectable()
export class EngineLogin {
  private readonly logger = new Logger(EngineLogin.name);

  constructor(
    private readonly registry: EngineRegistry,
    private readonly delegation: EngineDelegation,
  ) {}

  /**
   * The engine session in these credentials, or that they are a local user's. Nothing is asked yet.
   * @throws LoginRefused from a page that is neither ours nor an engine's, for an engine that is not registered or
   *   switched off, or when they can be neither of the two
   */
  async recognise(credentials: LoginForm, source: RequestSource): Promise<Recognised> {
    const named = await this.namedEngine(credentials, source);
    const told = credentials.engine !== undefined || source.kind === 'other';
    const fault = faultIn(credentials, { told });
    if (fault !== null) throw refusal(fault);
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
    const namedOrigin = webOriginOrNull(url) ?? '';
    const engine = await this.registry.byOrigin(namedOrigin);
    const name = namedOrigin || 'An engine without an address';
    if (engine === null) throw refusal('engine_not_registered', { name, subject: namedOrigin });
    if (source.kind === 'other' && engine.engineId !== framing?.engineId)
      throw foreign(origin, { url: namedOrigin, label: engine.label });
    return { engine, origin: namedOrigin };
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

/** Credentials that a plugin or webadmin's page says are of this engine. */
function asNamed({ login, password }: LoginForm, { engine, origin }: NamedEngine): Recognised {
  const { label, loginPrefix } = engine;
  if (!hasPrefixOf(engine, login)) throw refusal('prefix_missing', { subject: `${label} (prefix ${loginPrefix})` });
  const parts = splitSecret(password);
  if (parts === null) throw refusal('malformed_secret', { subject: label });
  if (!engine.enabled) throw refusal('engine_disabled', { subject: label });
  return attemptAt([engine], { login, ...parts, origin });
}

/** Credentials of which nobody says what they are. */
function asUntold({ login, password }: LoginForm, all: RegisteredEngine[], named: NamedEngine | null): Recognised {
  const engines = named === null ? all : [named.engine];
  const theirs = engines.filter((engine) => hasPrefixOf(engine, login));
  const enabled = theirs.filter((engine) => engine.enabled);
  const parts = splitSecret(password);
  if (parts !== null && enabled.length > 0) return attemptAt(enabled, { login, ...parts, origin: named?.origin });
  if (parts === null || !isEngineId(parts.userId)) return { engine: null, otherwise: null };
  if (theirs.length > 0) throw refusal('engine_disabled', { subject: labelsOf(theirs) });
  const otherwise = unplaced(engines);
  if (all.some((engine) => hasPrefixOf(engine, login))) throw otherwise; // no local user has an engine's prefix
  return { engine: null, otherwise };
}

/** For what looks like an engine session, and no engine has its prefix: nobody's guess, unless it is a local user's. */
function unplaced(engines: RegisteredEngine[]): LoginRefused {
  const enabled = engines.filter((engine) => engine.enabled);
  const blame = 'nobody';
  if (enabled.length > 0) return refusal('prefix_missing', { subject: labelsOf(enabled), blame });
  if (engines.length > 0) return refusal('engine_disabled', { subject: labelsOf(engines), blame });
  return refusal('engine_not_registered', { blame });
}

function attemptAt(engines: RegisteredEngine[], attempt: Omit<EngineAttempt, 'engines'>): Recognised {
  if (!isEngineId(attempt.userId)) throw refusal('invalid_user_id', { subject: labelsOf(engines) });
  return { engine: { ...attempt, engines } };
}

const labelsOf = (engines: RegisteredEngine[]) => engines.map(({ label }) => label).join(', ');

/** @param named the engine of our own that the page names */
function foreign(origin: string | null, named?: { url: string; label: string }): LoginRefused {
  const name = origin === null ? 'pages that hide their origin' : `pages of ${origin}`;
  const subject = origin ?? 'a page that hides its origin';
  if (named === undefined) return refusal('foreign_origin', { name, subject });
  return refusal('foreign_origin', { name: `${name} for ${named.url}`, subject: `${subject} for ${named.label}` });
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
