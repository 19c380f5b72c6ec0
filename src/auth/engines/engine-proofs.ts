import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { atMost } from '../../common/cache-limit';
import { Clock, MINUTE_MS } from '../../common/clock';
import { EngineRegistry, isAnotherEngine } from '../../compute-resources';
import { SessionEnd } from '../sessions/session-end';
import { SessionStore } from '../sessions/session.store';
import type { EngineProof, StoredSession } from '../sessions/stored-session';

export const ENGINE_OUTAGE_MINUTES = Symbol('ENGINE_OUTAGE_MINUTES');

/** Who signs out of webadmin, which tells nobody, keeps our pages for this long at most. */
const PROOF_MS = 30_000;
const BACKGROUND_MS = 10 * MINUTE_MS;
/** A page waits so long for a slow engine while the last proof may still serve; the answer counts when it comes. */
const PATIENCE_MS = 3_000;

/** Why a session by an engine session does not serve. `stale`: it lives on, but this background request is refused. */
export type ProofFailure = Ended | 'engine_unreachable' | 'stale';
type Ended = 'engine_session_ended' | 'engine_replaced';
type Answer = 'alive' | Ended | 'unknown';

/** Keeps sessions only as long as the engine sessions they stand on. */
@Injectable()
export class EngineProofs {
  private readonly logger = new Logger(EngineProofs.name);
  private readonly running = new Map<string, Promise<Answer>>();
  /** When an engine could last not be asked, by session. */
  private readonly unknownAt = new LRUCache<string, number>(atMost(10_000));

  constructor(
    private readonly sessions: SessionStore,
    private readonly ending: SessionEnd,
    private readonly engines: EngineRegistry,
    private readonly clock: Clock,
    @Inject(ENGINE_OUTAGE_MINUTES) private readonly outageMinutes: number,
  ) {}

  /**
   * Asks the engine again where the last proof is older than half a minute. Background requests never ask, since asking
   * counts at the engine as the person's activity; they live on the last proof for ten minutes.
   * @returns null while the session serves; when it ended, it is removed
   */
  async failureOf(
    session: StoredSession,
    engine: EngineProof,
    { background }: { background: boolean },
  ): Promise<ProofFailure | null> {
    const ageMs = this.sinceMs(engine.provedAt);
    if (background) return ageMs > BACKGROUND_MS ? 'stale' : null;
    if (ageMs < PROOF_MS) return null;
    const tolerated = ageMs <= this.outageMinutes * MINUTE_MS;
    const answer = await this.ask(session, engine, tolerated);
    if (answer === 'alive' || (answer === 'unknown' && tolerated)) return null;
    if (answer !== 'unknown') return answer;
    await this.ending.end(session, 'engine_unreachable');
    return 'engine_unreachable';
  }

  /** Has the engine asked again of all sessions of a person. */
  doubt(userId: number, engineId: number): Promise<void> {
    return this.sessions.doubt(userId, engineId, this.nowMs - PROOF_MS);
  }

  private ask(session: StoredSession, engine: EngineProof, tolerated: boolean): Promise<Answer> {
    const { digest } = session;
    const failedAt = this.unknownAt.get(digest);
    if (tolerated && failedAt !== undefined && this.sinceMs(failedAt) < PROOF_MS) return Promise.resolve('unknown');
    const answer = this.running.get(digest) ?? this.start(session, engine);
    return tolerated ? Promise.race([answer, patience()]) : answer;
  }

  private start(session: StoredSession, engine: EngineProof): Promise<Answer> {
    const { digest } = session;
    const answer = this.askEngine(session, engine)
      .catch((error: unknown): Answer => {
        this.logger.warn(error, 'a session could not be confirmed by its engine');
        this.unknownAt.set(digest, this.nowMs);
        return 'unknown';
      })
      .finally(() => this.running.delete(digest));
    this.running.set(digest, answer);
    return answer;
  }

  private async askEngine(session: StoredSession, proof: EngineProof): Promise<Answer> {
    const engine = (await this.engines.list()).find(({ engineId }) => engineId === proof.engineId);
    if (engine?.enabled !== true) return this.end(session, 'engine_session_ended');
    const { secret, origin } = this.sessions.secretOf(session, proof);
    const state = await engine.clientOf(origin).confirm(secret);
    if (!state.alive) return this.end(session, 'engine_session_ended');
    if (isAnotherEngine(engine, state.instanceId)) return this.end(session, 'engine_replaced');
    await this.sessions.proved(session, proof);
    return 'alive';
  }

  private async end(session: StoredSession, reason: Ended): Promise<Ended> {
    await this.ending.end(session, reason);
    return reason;
  }

  /** What lies ahead, since the clock stepped back, is as old as it is ahead. */
  private sinceMs(instant: number): number {
    return Math.abs(this.nowMs - instant);
  }

  private get nowMs(): number {
    return this.clock.now().getTime();
  }
}

function patience(): Promise<Answer> {
  return new Promise((resolve) => setTimeout(() => resolve('unknown'), PATIENCE_MS).unref());
}
