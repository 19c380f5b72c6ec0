/** Every failure a person can cause has one of these codes; `src/web` turns each into an HTTP status in one table. */
export type ErrorCode =
  | 'bad_request'
  | 'search_syntax'
  | 'search_too_slow'
  | 'not_signed_in'
  | 'login_refused'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'unsupported_media_type'
  | 'invalid'
  | 'too_many_requests'
  | 'engine_unreachable'
  | 'engine_timeout'
  | 'engine_refused'
  | 'unavailable';

/** An engine's refusal, free of addresses and secrets. */
export interface EngineWords {
  /** Name of the compute resource. */
  computeResource: string;
  /** HTTP status of its answer; null when there was none. */
  status: number | null;
  detail: string | null;
}

/** What an error tells beside its message. Everything in it may be shown to the caller: never put a secret here. */
export interface ErrorDetails {
  /** Field name → what is wrong with it ("has already been taken"), as in Foreman's 422 bodies. */
  fields?: Record<string, string[]>;
  /** The permissions of which the caller lacks every one. */
  missingPermissions?: string[];
  /** Half-open range [start, end) in the search text that is at fault, in UTF-16 units. */
  position?: { start: number; end: number };
  /** A short machine-readable reason beside the code, e.g. `owner_mismatch`. */
  reason?: string;
  /** Of reason `ambiguous`: what may be meant. */
  candidates?: readonly { id: string; name: string }[];
  /** What an engine said, in its own words. */
  engine?: EngineWords;
  /** Seconds after which trying again makes sense. */
  retryAfterSeconds?: number;
}

/**
 * The one error type thrown on purpose below the HTTP edge.
 * `message` is a sentence for the person who caused it: it names the thing and the remedy.
 */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'AppError';
  }
}

/** 404 as Foreman words it: `notFound('role', 'x')` → "Resource role not found by id 'x'". */
export function notFound(resource: string, key: string | number): AppError {
  return new AppError('not_found', `Resource ${resource} not found by id '${String(key).slice(0, 255)}'`);
}

/** 422 for one field: `invalid('reported_at', "can't be blank")` → message "reported_at can't be blank". */
export function invalid(field: string, fault: string, options?: { cause?: unknown }): AppError {
  return new AppError('invalid', `${field} ${fault}`, { fields: { [field]: [fault] } }, options);
}
