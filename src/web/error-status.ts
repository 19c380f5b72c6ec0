import type { ErrorCode } from '../common/app-error';

/** The one table from what went wrong to HTTP. */
export const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  search_syntax: 400,
  not_signed_in: 401,
  login_refused: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  search_too_slow: 422,
  too_many_requests: 429,
  engine_refused: 502,
  engine_unreachable: 503,
  engine_timeout: 504,
  unavailable: 503,
};
