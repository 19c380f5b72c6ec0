import type { RegisteredEngine } from '../../compute-resources';
import { isEngineId } from '../../engine';
import { refusal, type LoginRefused } from '../login-refusal';
import { hasPrefixOf, splitSecret, type LoginForm } from './login-form';

/** An engine session that is to be proved, and where. */
export interface EngineAttempt {
  login: string;
  secret: string;
  userId: string;
  engines: RegisteredEngine[];
  /** Which of the engine's addresses the session comes from, where that was told. */
  origin?: string;
}

/** A person's password, as their engine knows them. */
export interface PasswordAttempt extends NamedEngine {
  /** With the profile at the end. */
  user: string;
  password: string;
}

/** `otherwise`: what a wrong password of these is answered with, where that tells more than that it is wrong. */
export type Recognised =
  | { engine: EngineAttempt }
  | { engine: null; password: PasswordAttempt }
  | { engine: null; password: null; otherwise: LoginRefused | null };

/** An engine that somebody named, and at which of its addresses. */
export interface NamedEngine {
  engine: RegisteredEngine;
  origin: string;
}

/** Credentials that a plugin or webadmin's page says are of this engine. */
export function asNamed({ login, password }: LoginForm, { engine, origin }: NamedEngine): Recognised {
  const { label, loginPrefix } = engine;
  if (!hasPrefixOf(engine, login)) throw refusal('prefix_missing', { subject: `${label} (prefix ${loginPrefix})` });
  const parts = splitSecret(password);
  if (parts === null) throw refusal('malformed_secret', { subject: label });
  if (!engine.enabled) throw refusal('engine_disabled', { subject: label });
  return attemptAt([engine], { login, ...parts, origin });
}

/** A user name without the prefix that stands for a session: `user@profile`. Its password is sent once, to that engine. */
export function asPassword({ login: user, password }: LoginForm, named: NamedEngine): PasswordAttempt | null {
  const { engine } = named;
  if (hasPrefixOf(engine, user) || isSession(password)) return null;
  if (password === '') throw refusal('bad_credentials', { subject: engine.label }); // which directories take for anybody's
  if (!engine.enabled) throw refusal('engine_disabled', { subject: engine.label });
  return { ...named, user, password };
}

const isSession = (password: string) => isEngineId(splitSecret(password)?.userId ?? '');

/** Credentials of which nobody says what they are. */
export function asUntold(
  { login, password }: LoginForm,
  all: RegisteredEngine[],
  named: NamedEngine | null,
): Recognised {
  const engines = named === null ? all : [named.engine];
  const theirs = engines.filter((engine) => hasPrefixOf(engine, login));
  const enabled = theirs.filter((engine) => engine.enabled);
  const parts = splitSecret(password);
  if (parts !== null && enabled.length > 0) return attemptAt(enabled, { login, ...parts, origin: named?.origin });
  if (parts === null || !isEngineId(parts.userId)) return { engine: null, password: null, otherwise: null };
  if (theirs.length > 0) throw refusal('engine_disabled', { subject: labelsOf(theirs) });
  const otherwise = unplaced(engines);
  if (all.some((engine) => hasPrefixOf(engine, login))) throw otherwise; // no local user has an engine's prefix
  return { engine: null, password: null, otherwise };
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

export const labelsOf = (engines: RegisteredEngine[]): string => engines.map(({ label }) => label).join(', ');
