import type { Request } from 'express';
import { auditSource, type AuditAuthor } from '../audit';
import { actorOf } from './current-actor';
import { digestOf } from './token';

/** Who changes something, and from where. */
export interface Author extends AuditAuthor {
  /** Digest of the actor's own session, which survives a change of the own password. */
  session?: string;
}

/** Of a route that is not public. */
export function authorOf(request: Request): Author {
  const { sessionToken } = request;
  return { actor: actorOf(request), source: auditSource(request), session: sessionToken && digestOf(sessionToken) };
}
