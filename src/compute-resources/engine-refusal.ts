import { AppError, type ErrorCode, type ErrorDetails } from '../common/app-error';
import { EngineError, type EngineErrorKind } from '../engine';

/** What an engine's word means to who asked; what is not listed is its fault or that of the way to it. */
const MEANING: Partial<Record<EngineErrorKind, { code: ErrorCode; reason?: string }>> = {
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
    throw error instanceof EngineError ? refusalBy(name, error) : error;
  }
}

function refusalBy(computeResource: string, error: EngineError): AppError {
  const { code, reason } = MEANING[error.kind] ?? { code: 'engine_refused' };
  const { status = null, detail = null } = error.details;
  const details: ErrorDetails = { engine: { computeResource, status, detail } };
  if (reason !== undefined) details.reason = reason;
  return new AppError(code, `${computeResource}: ${error.message}`, details, { cause: error });
}
