import type { Request, Response } from 'express';
import { isBrowser, sendJson, type Failure } from '../web';
import { fullMessages } from './humanized';

/** Sends an error in Foreman's form. @param more of the error itself */
export function sendForemanError(response: Response, failure: Failure, more: Record<string, unknown> = {}): void {
  sendJson(response, JSON.stringify(toJson(failure, response.req, more)));
}

/** Asks a program for its credentials; a browser would ask its reader. */
export function challengePrograms(response: Response, { status }: Failure): void {
  if (status === 401 && !isBrowser(response.req))
    response.setHeader('WWW-Authenticate', 'Basic realm="foreman-ovirt", charset="UTF-8"');
}

/**
 * Foreman's error bodies, under `error` and always with `full_messages`, which oVirt reads. Foreman answers a body that
 * is no JSON before its API sees it: `error` is the message itself there, and the rest stands beside it.
 */
function toJson(
  { status, message, details, badJson, requestId }: Failure,
  { jsonpCallback }: Request,
  more: Record<string, unknown>,
): unknown {
  if (badJson === true) {
    const text = `There was a problem in the JSON you submitted: ${message}`;
    return { status, error: text, full_messages: [text], request_id: requestId };
  }
  const { fields, missingPermissions, position, reason, candidates, engine } = details;
  const error: Record<string, unknown> = { message, full_messages: [message] };
  if (fields !== undefined) {
    error.id = null;
    error.errors = fields;
    error.full_messages = fullMessages(fields);
  }
  if (status === 403 && missingPermissions !== undefined) {
    error.details = `Missing one of the required permissions: ${missingPermissions.join(', ')}`;
    error.missing_permissions = missingPermissions;
  }
  if (position !== undefined) error.position = position;
  if (reason !== undefined) error.reason = reason;
  if (candidates !== undefined) error.candidates = candidates;
  if (engine !== undefined)
    error.engine = { compute_resource: engine.computeResource, status: engine.status, detail: engine.detail };
  Object.assign(error, more);
  if (jsonpCallback !== undefined) error.status = status;
  error.request_id = requestId;
  return { error };
}
