import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { SessionStore, type StoredSession } from './session.store';
import { UserStore } from '../user.store';

/** Ends sessions that their engine no longer confirms. */
@Injectable()
export class SessionEnd {
  constructor(
    private readonly sessions: SessionStore,
    private readonly users: UserStore,
    private readonly trail: AuditTrail,
  ) {}

  /** Several requests may find out at once: the trail tells it once. */
  async end({ digest, userId }: StoredSession, reason: string): Promise<void> {
    const ended = await this.sessions.end(digest);
    const actor = ended ? await this.users.actor(userId) : null;
    if (actor !== null) await this.trail.record({ actor, action: 'session.end', outcome: 'ok', reason });
  }
}
