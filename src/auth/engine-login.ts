import { Injectable, Logger } from '@nestjs/common';
import type { AppError } from '../common/app-error';
import { EngineRegistry, type RegisteredEngine } from '../compute-resources';
import { matchesClaim, type OwnerClaim, type SessionOwner } from '../engine';
import type { RequestSource } from '../web';
import { hasPrefixOf, isEngineUserId, originOf, splitSecret, withoutPrefix, type Credentials } from './engine-claim';
import { refusal, refusalOf, type LoginRefusal } from './login-refusal';

/** An engine session that is to be proved, and where. */
export interface EngineAttempt {
  login: string;
  secret: string;
  userId: string;
  engines: RegisteredEngine[];
  /** Which of the engine's addresses the session comes from, where that was told. */
  origin?: string;
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
  'no_proof',
  'engine_unreachable',
  'engine_session_ended',
];

/** Finds out whose engine session a login shows, and at which engine. */
@Injectable()
export class EngineLogin {
  private readonly logger = new Logger(EngineLogin.name);

  constructor(private readonly registry: EngineRegistry) {}

  /**
   * The engine session in these credentials, or null when they are a local user's. Nothing is asked yet.
   * @throws AppError login_refused, forbidden: from a page that is neither ours nor an engine's, for an engine that is
   *   not registered or switched off, or with a user id that is none
   */
  async recognise(credentials: Credentials, source: RequestSource): Promise<EngineAttempt | null> {
    const { engine: named, origin } = (await this.namedEngine(credentials, source)) ?? { engine: null };
    const { login, password } = credentials;
    const engines = (named === null ? await this.enabled() : [named]).filter((engine) => hasPrefixOf(engine, login));
    const parts = splitSecret(password);
    if (engines.length === 0 || parts === null) {
      if (credentials.engine === undefined && source.kind !== 'other') return null;
      throw refusal(engines.length === 0 ? 'prefix_missing' : 'malformed_secret');
    }
    if (named?.enabled === false) throw refusal('engine_disabled');
    if (!isEngineUserId(parts.userId)) throw refusal('invalid_user_id');
    return { login, ...parts, engines, origin };
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

  /** The engine that the plugin names, or whose webadmin the request comes from; null when neither tells. */
  private async namedEngine(
    { engine: url }: Credentials,
    source: RequestSource,
  ): Promise<{ engine: RegisteredEngine; origin: string } | null> {
    const origin = source.kind === 'untold' ? null : source.origin;
    const framing = origin === null ? null : await this.registry.byOrigin(origin);
    if (source.kind === 'other' && framing === null) throw refusal('foreign_origin');
    if (url === undefined) return framing === null || origin === null ? null : { engine: framing, origin };
    const namedOrigin = originOf(url) ?? '';
    const named = await this.registry.byOrigin(namedOrigin);
    if (named === null) throw refusal('engine_not_registered');
    if (source.kind === 'other' && named.engineId !== framing?.engineId) throw refusal('foreign_origin');
    return { engine: named, origin: namedOrigin };
  }

  private async enabled(): Promise<RegisteredEngine[]> {
    return (await this.registry.list()).filter(({ enabled }) => enabled);
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
        throw refusal(reason, error);
      });
    if (!matchesClaim(owner, claim)) throw refusal('owner_mismatch');
    if (isAnotherEngine(engine, owner)) throw refusal('engine_replaced');
    return { engine, owner, origin };
  }
}

/** Ids of one engine's users say nothing of another's, though the administrator's is the same at all. */
function isAnotherEngine({ instanceId }: RegisteredEngine, owner: SessionOwner): boolean {
  return instanceId !== null && owner.instanceId !== null && instanceId !== owner.instanceId;
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
