import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { EngineRegistry } from '../../compute-resources';
import { EngineLogin } from '../engines/engine-login';
import { SessionStore } from './session.store';
import type { StoredSession } from './stored-session';
import { UserStore } from '../user.store';

/** Ends sessions that their engine no longer confirms, or whose person leaves. */
@Injectable()
export class SessionEnd {
  constructor(
    private readonly sessions: SessionStore,
    private readonly users: UserStore,
    private readonly trail: AuditTrail,
    private readonly engines: EngineRegistry,
    private readonly engineLogin: EngineLogin,
  ) {}

  /** The person leaves; what we opened at the engine for them ends there, too. */
  async leave(token: string): Promise<void> {
    const session = await this.sessions.find(token);
    if (session === null || !(await this.sessions.end(session.digest))) return;
    const { engine: proof } = session;
    if (proof?.openedHere !== true) return;
    const engine = (await this.engines.list()).find(({ engineId }) => engineId === proof.engineId);
    if (engine !== undefined) await this.engineLogin.leave({ engine, ...this.sessions.secretOf(session, proof) });
  }

  /** Several requests may find out at once: the trail tells it once. */
  async end({ digest, userId }: StoredSession, reason: string): Promise<void> {
    const ended = await this.sessions.end(digest);
    const actor = ended ? await this.users.actor(userId) : null;
    if (actor !== null) await this.trail.record({ actor, action: 'session.end', outcome: 'ok', reason });
  }
}
