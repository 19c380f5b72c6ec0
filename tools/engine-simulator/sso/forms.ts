import type { Request, Response } from 'express';
import { isBody } from '../rest/call';
import { API_SCOPE } from './scopes';

/** A parameter of the form, or of the URL, which is taken, too. */
export function field(request: Request, name: string): string | undefined {
  const body: unknown = request.body;
  const value = (isBody(body) ? body[name] : undefined) ?? request.query[name];
  return typeof value === 'string' ? value : undefined;
}

/** Errors are always 400; their shape depends on the scope. */
export function fail(request: Request, response: Response, code: string, text: string): void {
  const forApi = field(request, 'scope')?.includes(API_SCOPE) ?? false;
  response.status(400).json(forApi ? { error_code: code, error: text } : { error: code, error_description: text });
}
