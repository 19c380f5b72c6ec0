import { Injectable } from '@nestjs/common';
import { ComputeResourceStore, webOrigins, type ComputeResource } from '../../compute-resources';
import { SessionStore } from '../sessions/session.store';
import type { EngineProof, StoredSession } from '../sessions/stored-session';
import { EngineProofs } from './engine-proofs';

/** Of a person's sessions so many are asked about, one after the other: somebody waits. */
const MOST_ASKED = 2;

interface Given {
  session: StoredSession;
  engine: EngineProof;
  secret: string;
}

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
   * one address goes to no other. Null where the person has none among the newest.
   */
  async secretFor(userId: number, resource: ComputeResource): Promise<string | null> {
    const first = await this.firstOriginOf(resource);
    const live = await this.sessions.liveOf(userId, resource.engineId);
    const here = live.flatMap((session) => this.givenAt(session, resource, first) ?? []);
    for (const given of here.slice(0, MOST_ASKED)) {
      const secret = await this.confirmed(given);
      if (secret !== null) return secret;
    }
    return null;
  }

  /** The same of the session with this digest alone. */
  async secretBehind(digest: string, resource: ComputeResource): Promise<string | null> {
    const session = await this.sessions.byDigest(digest);
    const given = session && this.givenAt(session, resource, await this.firstOriginOf(resource));
    return given && this.confirmed(given);
  }

  /** The engine took a session of the person no more: it is asked again which of them live. */
  async doubt(userId: number, { engineId }: ComputeResource): Promise<void> {
    await this.proofs.doubt(userId, engineId);
  }

  /** Whether a session was given at an address of this compute resource. Nothing is asked of the engine. */
  async isAt(digest: string, resource: ComputeResource): Promise<boolean> {
    const session = await this.sessions.byDigest(digest);
    return session !== null && this.givenAt(session, resource, await this.firstOriginOf(resource)) !== null;
  }

  /** Null where it was given elsewhere. @param first where sessions are from of which nobody told that */
  private givenAt(session: StoredSession, resource: ComputeResource, first: string): Given | null {
    const { engine } = session;
    if (engine === null || engine.engineId !== resource.engineId) return null;
    const { secret, origin } = this.sessions.secretOf(session, engine);
    return webOrigins(resource).includes(origin ?? first) ? { session, engine, secret } : null;
  }

  private async confirmed({ session, engine, secret }: Given): Promise<string | null> {
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
