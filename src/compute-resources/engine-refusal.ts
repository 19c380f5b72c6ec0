import { isIP } from 'node:net';
import { AppError, type ErrorCode, type ErrorDetails } from '../common/app-error';
import { EngineError, retryOf, type EngineErrorKind } from '../engine';

interface Meaning {
  code: ErrorCode;
  reason?: string;
}

/** What an engine's word means to who asked; what is not listed is its fault or that of the way to it. */
const MEANING: Partial<Record<EngineErrorKind, Meaning>> = {
  forbidden: { code: 'forbidden', reason: 'engine_permission' },
  no_rights: { code: 'forbidden', reason: 'engine_permission' },
  unauthorized: { code: 'forbidden', reason: 'engine_identity_required' },
  ended_or_no_rights: { code: 'forbidden', reason: 'engine_identity_required' },
  not_found: { code: 'not_found' },
  conflict: { code: 'conflict' },
  bad_request: { code: 'invalid' },
  invalid_id: { code: 'invalid' },
  unsupported: { code: 'invalid', reason: 'unsupported' },
  timeout: { code: 'engine_timeout' },
  unavailable: { code: 'engine_unreachable' },
  unreachable: { code: 'engine_unreachable' },
  refused: { code: 'engine_unreachable' },
  unresolvable: { code: 'engine_unreachable' },
  connection_lost: { code: 'engine_unreachable' },
};

/**
 * What a call to a compute resource's engine gives.
 * @param name of the compute resource
 * @throws AppError for every EngineError, with the engine's own words as `details.engine`
 */
export async function heard<T>(name: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof EngineError ? appErrorOf(name, error) : error;
  }
}

/**
 * What an engine's refusal is to who asked for it: 403 `engine_permission`, 409, 422, 502, 503 or 504, with the engine's own
 * words and without its address, which is not everybody's to know.
 * @param computeResource its name
 */
export function appErrorOf(computeResource: string, error: EngineError): AppError {
  const { code, reason } = meaningOf(error);
  const { status = null, detail } = error.details;
  const engine = { computeResource, status, detail: detail === undefined ? null : withoutAddresses(detail) };
  const details: ErrorDetails = reason === undefined ? { engine } : { engine, reason };
  const message = withoutAddresses(error.message.replace(OWN_ORIGIN, 'the engine'));
  return new AppError(code, `${computeResource}: ${message}`, details, { cause: error });
}

/** No host, and what else passes, comes as 400, too. */
function meaningOf(error: EngineError): Meaning {
  if (error.kind === 'bad_request' && retryOf(error) === 'later') return { code: 'conflict' };
  return MEANING[error.kind] ?? { code: 'engine_refused' };
}

const OWN_ORIGIN = /^https?:\/\/\S+/;
const URLS = /\bhttps?:\/\/[^\s"'<>,;]+/gi;
/** Words that may be an address, with its port. */
const WORDS = /[\w.:[\]%-]+/g;
const HOST_AND_PORT = /^[a-z][\w-]*(\.[\w-]+)*:\d{2,5}$/i;
/** Versions look like addresses: `4.3.9.4` is one, `10.37.140.1` is none. */
const VERSION = /^[2-4]\.\d\.\d{1,2}\.\d{1,2}$/;

const withoutAddresses = (text: string) =>
  text.replace(URLS, '[address]').replace(WORDS, (word) => {
    const [, host = '', rest = ''] = /^(.*?)([.:]*)$/.exec(word) ?? [];
    return isAddress(host) ? `[address]${rest}` : word;
  });

function isAddress(word: string): boolean {
  if (VERSION.test(word)) return false;
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(word) ?? [];
  return HOST_AND_PORT.test(word) || isIP(bracketed ?? word.replace(/^([^:]+):\d+$/, '$1')) !== 0;
}
