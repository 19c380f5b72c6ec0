import { z } from 'zod';
import { withoutSecrets } from '../http-client';
import { EngineError, type EngineErrorDetails, type EngineErrorKind, type Refuser } from './engine-error';
import type { EngineAnswer } from './engine-http';
import { htmlText } from './html-text';
import * as wire from './wire';

const MAX_TEXT = 500;
/** Of a 401 for a person of the directory who has no role in the engine (oVirt: SsoUtils.java). */
const NO_RIGHTS = /is not authorized to perform login/i;
/** Behind Keycloak the engine says so for want of any role and for ended sessions alike. */
const ENDED_OR_NO_RIGHTS = /^access_denied: Cannot authenticate user No valid profile found/i;
/** Says the engine itself, before it asks Keycloak. */
const NO_PROFILE = /No valid profile found in credentials/i;
/** What mod_auth_openidc asks for (`AuthType oauth20`); the engine asks for Basic. */
const BEARER = /^Bearer\b/i;

const WHO: Record<Refuser, string> = { engine: 'The engine', apache: 'Apache before the engine', keycloak: 'Keycloak' };

/** Of a query for administrators alone (oVirt: QueriesCommandBase.java), which 400 stands for. */
const QUERY_FORBIDDEN = /^query execution failed due to insufficient permissions/i;

const KINDS: Record<number, EngineErrorKind> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

const SENTENCES: Partial<Record<EngineErrorKind, string>> = {
  unauthorized: 'does not accept the session or password',
  no_rights:
    'knows this user, who has no role in it: an engine administrator gives one, no new session or password helps',
  ended_or_no_rights: 'does not know this session, or the user has no role in it',
  forbidden: 'does not permit this to the user',
  not_found: 'does not know what was asked for',
  conflict: 'cannot do this now',
  unavailable: 'is not ready; it may be starting',
  bad_request: 'refused the request',
  fault: 'refused the request',
};

/**
 * The answer's JSON in the schema's terms; everything else throws. `secrets` never reach the error.
 * @param asked who decides at the engine's address
 */
export function parseAnswer<T extends z.ZodType>(
  answer: EngineAnswer,
  schema: T,
  secrets: string[],
  asked: Refuser = 'engine',
): z.output<T> {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, secrets, asked);
  const parsed = schema.safeParse(answer.status === 204 ? {} : answer.json);
  if (parsed.success) return parsed.data;
  throw notAnEngine(answer.status);
}

export function notAnEngine(status: number): EngineError {
  const message = 'What answers at this address is not an oVirt engine, or something in between answers for it';
  return new EngineError('not_an_engine', message, { status });
}

/** What an answer outside 2xx means; SSO's are 400 even for a wrong password. */
export function refusal(answer: EngineAnswer, secrets: string[], asked: Refuser = 'engine'): EngineError {
  const { reason, detail } = toldBy(answer, secrets);
  const kind = kindOf(answer.status, reason, detail);
  const refusedBy = refuserOf(answer, detail, asked);
  const details: EngineErrorDetails = { status: answer.status, refusedBy };
  if (reason) details.reason = redact(reason, secrets);
  if (detail) details.detail = redact(detail, secrets);
  const said = details.detail ?? details.reason;
  return new EngineError(kind, `${WHO[refusedBy]} ${SENTENCES[kind]}${said ? `: ${said}` : ''}`, details);
}

/** What a refusal means in a session that has just begun, and so has not ended. */
export function inNewSession(error: EngineError): EngineError {
  if (error.kind !== 'ended_or_no_rights') return error;
  return new EngineError('no_rights', `The engine ${SENTENCES.no_rights}`, error.details, { cause: error });
}

const UNANSWERED: EngineErrorKind[] = [
  'timeout',
  'connection_lost',
  'too_large',
  'redirect',
  'not_an_engine',
  'unavailable',
];

/** What an error means for a write: whether it may have been carried out though nobody said so. */
export function unanswered(error: EngineError): EngineError {
  if (error.kind === 'fault')
    return new EngineError('fault', error.message, { ...error.details, write: true }, { cause: error });
  if (!UNANSWERED.includes(error.kind)) return error;
  const details = { ...error.details, mayBeDone: true as const };
  return new EngineError(error.kind, `${error.message}; it may have been carried out all the same`, details, {
    cause: error,
  });
}

type Told = Record<'reason' | 'detail', string | null>;

/** Secrets are hidden in a page before its markup goes, which may stand inside them. Some faults say `[]`: no message. */
function toldBy(answer: EngineAnswer, secrets: string[]): Told {
  const fault = z.union([wire.ssoError, wire.fault]).safeParse(answer.json);
  if (fault.success) return { ...fault.data, detail: fault.data.detail === '[]' ? null : fault.data.detail };
  const challenge = bearerChallenge(answer);
  if (challenge !== null)
    return { reason: null, detail: /error_description="([^"]*)"/.exec(challenge)?.[1] ?? challenge };
  const isPage = /^text\/html\b/i.test(answer.header('content-type') ?? '');
  return { reason: null, detail: isPage ? htmlText(withoutSecrets(answer.text(), secrets)) : null };
}

function kindOf(status: number, reason: string | null, detail: string | null): EngineErrorKind {
  if (reason === 'access_denied') return 'unauthorized';
  if (status === 401 && NO_RIGHTS.test(detail ?? '')) return 'no_rights';
  if (status === 400 && QUERY_FORBIDDEN.test(detail ?? '')) return 'forbidden';
  if (status === 401 && ENDED_OR_NO_RIGHTS.test(detail ?? '')) return 'ended_or_no_rights';
  return KINDS[status] ?? 'fault';
}

function refuserOf(answer: EngineAnswer, detail: string | null, asked: Refuser): Refuser {
  if (bearerChallenge(answer) !== null) return 'apache';
  return NO_PROFILE.test(detail ?? '') ? 'engine' : asked;
}

/** What Apache wants to see instead of the refused request, where Keycloak stands before the engine; else null. */
export function bearerChallenge({ status, header }: Pick<EngineAnswer, 'status' | 'header'>): string | null {
  const challenge = header('www-authenticate') ?? '';
  return status === 401 && BEARER.test(challenge) ? challenge : null;
}

/** In one line. */
function redact(text: string, secrets: string[]): string {
  return withoutSecrets(text, secrets).replace(/\s+/g, ' ').slice(0, MAX_TEXT);
}
