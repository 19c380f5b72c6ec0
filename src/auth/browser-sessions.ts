import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AppError } from '../common/app-error';
import { MINUTE_MS } from '../common/clock';
import { Periodic } from '../common/periodic';
import { EngineProofs, type ProofFailure } from './engine-proofs';
import { SessionStore } from './session.store';
import { UserStore } from './user.store';

const SWEEP_MS = 10 * MINUTE_MS;

const MESSAGES: Record<ProofFailure, string> = {
  engine_session_ended: 'Your engine session has ended',
  engine_replaced: 'Another engine answers where your session came from',
  engine_unreachable: 'The oVirt engine has not confirmed your session for too long',
  stale: 'This page was not used for some time',
};

/** Sessions as requests meet them: live, and confirmed by the engine they came from. */
@Injectable()
export class BrowserSessions implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(BrowserSessions.name);
  private readonly periodic = new Periodic({
    everyMs: SWEEP_MS,
    work: () => this.sessions.sweep(),
    onFailure: (error) => this.logger.error(error, 'expired sessions were not removed'),
  });

  constructor(
    private readonly sessions: SessionStore,
    private readonly proofs: EngineProofs,
    private readonly users: UserStore,
  ) {}

  /**
   * Who a cookie speaks for; null when its session is unknown or was idle for too long. `background` requests are no
   * activity.
   * @throws AppError not_signed_in when the engine ended it
   */
  async actorOf(token: string, { background }: { background: boolean }): Promise<Actor | null> {
    const session = await this.sessions.find(token);
    if (session === null) return null;
    const actor = await this.users.actor(session.userId);
    if (actor === null) return null;
    const failure = session.engine && (await this.proofs.failureOf(session, session.engine, { background }));
    if (failure !== null) throw new AppError('not_signed_in', MESSAGES[failure], { reason: failure });
    if (!background) await this.sessions.extend(session);
    return actor;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.sessions.sealAnew();
    this.periodic.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.periodic.stop();
  }
}
