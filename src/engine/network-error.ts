import type { HttpError } from '../http-client';
import { EngineError, type EngineErrorKind } from './engine-error';

const SENTENCES: Partial<Record<EngineErrorKind, string>> = {
  refused: 'refuses the connection; check the port and that the engine runs',
  tls_unknown_issuer: "has a certificate of an unknown issuer; register the engine's CA",
  not_an_engine: 'does not speak HTTP as an oVirt engine does',
};

/** What went wrong on the way to an engine. */
export function engineErrorOf(origin: string, error: HttpError): EngineError {
  const kind = kindOf(error);
  const sentence = SENTENCES[kind];
  const remedy = kind === 'redirect' ? '; register the address it redirects to' : '';
  const message = sentence ? `${origin} ${sentence}` : `${error.message}${remedy}`;
  const { status } = error.details;
  const { cause = error } = error;
  return new EngineError(kind, message, status === undefined ? {} : { status }, { cause });
}

function kindOf({ kind }: HttpError): EngineErrorKind {
  switch (kind) {
    case 'not_http':
      return 'not_an_engine';
    case 'not_allowed': // a path that leads elsewhere
      return 'invalid_url';
    default:
      return kind;
  }
}
