import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Actor } from '../../common/actor';
import { AppError } from '../../common/app-error';
import { inBackground } from '../../web';
import { EngineProofs, type ProofFailure } from '../engines/engine-proofs';
import { SessionCookie } from './session-cookie';
import { SessionEnd } from './session-end';
import { SessionStore } from './session.store';
import type { StoredSession } from './stored-session';
import { UserStore } from '../user.store';

const MESSAGES: Record<ProofFailure, string> = {
  engine_session_ended: 'Your engine session has ended',
  engine_replaced: 'Another engine answers where your session came from',
  engine_unreachable: 'The oVirt engine has not confirmed your session for too long',
  stale: 'This page was not used for some time',
};

export const NO_SESSION = 'There is no session, or it has ended';

/** Who calls, and the session's cookie when that is how we know. */
export interface Caller {
  actor: Actor;
  sessionToken?: string;
}

/** Sessions as requests meet them: live, and confirmed by the engine they came from. */
@Injectable()
export class BrowserSessions {
  constructor(
    private readonly sessions: SessionStore,
    private readonly proofs: EngineProofs,
    private readonly users: UserStore,
    private readonly cookie: SessionCookie,
    private readonly ending: SessionEnd,
  ) {}

  /**
   * Whom the browser's cookie speaks for; null without one. Requests in the background are no activity.
   * @throws AppError not_signed_in when its session is unknown, was idle for too long, or its engine ended it
   */
  async callerOf(request: Request): Promise<Caller | null> {
    const sessionToken = this.cookie.tokenOf(request);
    if (sessionToken === undefined) return null;
    const actor = await this.actorOf(await this.sessions.find(sessionToken), inBackground(request));
    if (actor === null) throw new AppError('not_signed_in', NO_SESSION);
    return { actor, sessionToken };
  }

  /** Gives the browser a new session, in place of the one that it shows. */
  async begin(request: Request, response: Response, token: string): Promise<void> {
    await this.endShown(request);
    this.cookie.set(request, response, token);
  }

  /** Also of a program that sends its session's token as a bearer token. */
  async end(request: Request, response: Response): Promise<void> {
    await this.endShown(request);
    const bearer = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) await this.ending.leave(bearer);
    this.cookie.clear(request, response);
  }

  private async endShown(request: Request): Promise<void> {
    const token = this.cookie.tokenOf(request);
    if (token !== undefined) await this.ending.leave(token);
  }

  /**
   * Of what stands on a session, whose use is the session's.
   * @returns null when it ended @throws AppError not_signed_in when its engine ended it
   */
  async actorBehind(digest: string): Promise<Actor | null> {
    return this.actorOf(await this.sessions.byDigest(digest), false);
  }

  private async actorOf(session: StoredSession | null, background: boolean): Promise<Actor | null> {
    if (session === null) return null;
    const actor = await this.users.actor(session.userId);
    if (actor === null) return null;
    const failure = session.engine && (await this.proofs.failureOf(session, session.engine, { background }));
    if (failure !== null) throw new AppError('not_signed_in', MESSAGES[failure], { reason: failure });
    if (!background) this.sessions.extend(session);
    return session.engine === null ? actor : { ...actor, engineAccess: { kind: 'session', digest: session.digest } };
  }
}
