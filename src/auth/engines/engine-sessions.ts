import { Injectable } from '@nestjs/common';
import { ComputeResourceStore, webOrigins, type ComputeResource } from '../../compute-resources';
import { SessionStore } from '../sessions/session.store';
import type { StoredSession } from '../sessions/stored-session';
import { EngineProofs } from './engine-proofs';

/** People's live engine sessions, of which each serves as well as any other. */
@Injectable()
export class EngineSessions {
  constructor(
    private readonly sessions: SessionStore,
    private readonly proofs: EngineProofs,
    private readonly resources: ComputeResourceStore,
  ) {}

  /**
   * The secret of a session that its engine confirms, given at an address of this compute resource: what was given to
   * one address goes to no other. Null where the person has none.
   */
  async secretFor(userId: number, resource: ComputeResource): Promise<string | null> {
    for (const session of await this.sessions.liveOf(userId, resource.engineId)) {
      const secret = await this.secretOf(session, resource);
      if (secret !== null) return secret;
    }
    return null;
  }

  /** The same of the session with this digest alone. */
  async secretBehind(digest: string, resource: ComputeResource): Promise<string | null> {
    const session = await this.sessions.byDigest(digest);
    return session && this.secretOf(session, resource);
  }

  /** The engine took a session of the person no more: it is asked again which of them live. */
  async doubt(userId: number, { engineId }: ComputeResource): Promise<void> {
    await this.proofs.doubt(userId, engineId);
  }

  /** Whether a session was given at an address of this compute resource. Nothing is asked of the engine. */
  async isAt(digest: string, resource: ComputeResource): Promise<boolean> {
    const session = await this.sessions.byDigest(digest);
    return session !== null && (await this.secretAt(session, resource)) !== null;
  }

  private async secretAt({ engine, ...session }: StoredSession, resource: ComputeResource): Promise<string | null> {
    if (engine === null || engine.engineId !== resource.engineId) return null;
    const { secret, origin } = this.sessions.secretOf({ engine, ...session }, engine);
    return webOrigins(resource).includes(origin ?? (await this.firstOriginOf(resource))) ? secret : null;
  }

  private async secretOf(session: StoredSession, resource: ComputeResource): Promise<string | null> {
    const { engine } = session;
    const secret = await this.secretAt(session, resource);
    if (engine === null || secret === null) return null;
    const failure = await this.proofs.failureOf(session, engine, { background: false });
    return failure === null ? secret : null;
  }

  /** Where sessions are proved of which nobody told where they are from. */
  private async firstOriginOf({ engineId }: ComputeResource): Promise<string> {
    const all = (await this.resources.list()).filter((resource) => resource.engineId === engineId);
    const eldest = all.reduce((first, resource) => (resource.id < first.id ? resource : first));
    return webOrigins(eldest)[0] ?? '';
  }
}
