import { z } from 'zod';
import { EngineError, type EngineErrorDetails, type EngineErrorKind } from './engine-error';
import type { EngineAnswer } from './engine-http';
import { htmlText } from './html-text';
import * as wire from './wire';

const MAX_TEXT = 500;
/** Of a 401 for a person of the directory who has no role in the engine (oVirt: SsoUtils.java). */
const NO_RIGHTS = /is not authorized to perform login/i;

const KINDS: Record<number, EngineErrorKind> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

const SENTENCES: Partial<Record<EngineErrorKind, string>> = {
  unauthorized: 'does not accept the session or password',
  no_rights:
    'knows this user, who has no role in it: an engine administrator gives one, no new session or password helps',
  forbidden: 'does not permit this to the user',
  not_found: 'does not know what was asked for',
  unavailable: 'is not ready; it may be starting',
  fault: 'refused the request',
};

/** The answer's JSON in the schema's terms; everything else throws. `secrets` never reach the error. */
export function parseAnswer<T extends z.ZodType>(answer: EngineAnswer, schema: T, secrets: string[]): z.output<T> {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, secrets);
  const parsed = schema.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  throw notAnEngine(answer.status);
}

export function notAnEngine(status: number): EngineError {
  const message = 'What answers at this address is not an oVirt engine, or something in between answers for it';
  return new EngineError('not_an_engine', message, { status });
}

/** What an answer outside 2xx means; `ssoErrors` are 400 even for a wrong password. */
export function refusal(answer: EngineAnswer, secrets: string[]): EngineError {
  const { reason, detail } = toldBy(answer, secrets);
  const kind = kindOf(answer.status, reason, detail);
  const details: EngineErrorDetails = { status: answer.status };
  if (reason) details.reason = redact(reason, secrets);
  if (detail) details.detail = redact(detail, secrets);
  const said = details.detail ?? details.reason;
  return new EngineError(kind, `The engine ${SENTENCES[kind]}${said ? `: ${said}` : ''}`, details);
}

type Told = Record<'reason' | 'detail', string | null>;

/** Secrets are hidden in a page before its markup goes, which may stand inside them. */
function toldBy(answer: EngineAnswer, secrets: string[]): Told {
  const fault = z.union([wire.ssoError, wire.fault]).safeParse(answer.json);
  if (fault.success) return fault.data;
  const isPage = /^text\/html\b/i.test(answer.header('content-type') ?? '');
  return { reason: null, detail: isPage ? htmlText(hidden(answer.text(), secrets)) : null };
}

function kindOf(status: number, reason: string | null, detail: string | null): EngineErrorKind {
  if (reason === 'access_denied') return 'unauthorized';
  if (status === 401 && NO_RIGHTS.test(detail ?? '')) return 'no_rights';
  return KINDS[status] ?? 'fault';
}

/** In one line. */
function redact(text: string, secrets: string[]): string {
  return hidden(text, secrets).replace(/\s+/g, ' ').slice(0, MAX_TEXT);
}

function hidden(text: string, secrets: string[]): string {
  const written = secrets.filter((secret) => secret !== '').flatMap(waysToWrite);
  return written.reduce((clean, secret) => clean.replaceAll(secret, '[hidden]'), text);
}

/** As it is, inside JSON, inside a form, inside a URL. */
function waysToWrite(secret: string): string[] {
  const form = new URLSearchParams({ s: secret }).toString().slice('s='.length);
  return [secret, JSON.stringify(secret).slice(1, -1), form, encodeURIComponent(secret)];
}
