import { LRUCache } from 'lru-cache';
import { atMost } from '../../common/cache-limit';
import { EngineError, type EngineErrorKind } from '../engine-error';
import type { EngineIdentity, EngineJob, EngineJobs, EngineVms, EngineWatch, Sighting, Watched } from '../ports';
import { checkCorrelationId, checkId } from '../input';
import { MOST_IDS } from './search-text';
import { WatchLane, type Look } from './watch-lane';

/** Of accounts together: looks are shared by all who wait. */
const ACCOUNTS_MS = 1_000;
/** Of a person's session each, whose lists are costlier for the engine. */
const SESSION_MS = 3_000;
/** How long an account is taken for no administrator. */
const NO_JOBS_MS = 5 * 60_000;
const MOST_ACCOUNTS = 1_000;
const WITHOUT_JOBS: EngineErrorKind[] = ['forbidden', 'unsupported'];

export class RestWatch implements EngineWatch {
  private readonly accounts = new WatchLane(ACCOUNTS_MS, (look) => this.see(look));
  private readonly sessions = new Map<string, WatchLane>();
  private readonly withoutJobs = new LRUCache<string, true>({ ...atMost(MOST_ACCOUNTS), ttl: NO_JOBS_MS });

  constructor(
    private readonly vms: Pick<EngineVms, 'byIds'>,
    private readonly jobs: Pick<EngineJobs, 'byCorrelationIds'>,
  ) {}

  async look(as: EngineIdentity, watched: Watched, { signal }: { signal?: AbortSignal } = {}): Promise<Sighting> {
    const { credential } = as;
    const vms = atMostIds(watched.vms).map(checkId);
    if (!('account' in credential))
      return this.laneOf(credential.session).next(as, credential.session, { vms }, signal);
    const correlationIds = atMostIds(watched.correlationIds).map(checkCorrelationId);
    return this.accounts.next(as, JSON.stringify(credential), { vms, correlationIds }, signal);
  }

  private laneOf(session: string): WatchLane {
    const known = this.sessions.get(session);
    if (known) return known;
    const lane = new WatchLane(
      SESSION_MS,
      (look) => this.see(look),
      () => this.sessions.delete(session),
    );
    this.sessions.set(session, lane);
    return lane;
  }

  private async see({ as, who, vms, correlationIds }: Look): Promise<Sighting> {
    const at = new Date();
    const [seen, jobs] = await Promise.all([
      this.vms.byIds(as, vms),
      correlationIds.length === 0 ? [] : this.jobsOf(as, who, correlationIds),
    ]);
    return { vms: byId(seen), jobs: byId(jobs), at };
  }

  /** None for an access key's user who is no administrator, to whom the engine refuses the list, and none up to 4.1. */
  private async jobsOf(as: EngineIdentity, who: string, correlationIds: string[]): Promise<EngineJob[]> {
    if (this.withoutJobs.has(who)) return [];
    try {
      return await this.jobs.byCorrelationIds(as, correlationIds);
    } catch (error) {
      if (!(error instanceof EngineError && WITHOUT_JOBS.includes(error.kind))) throw error;
      this.withoutJobs.set(who, true);
      return [];
    }
  }
}

/** One that does not fit into a look would keep all others from theirs. */
function atMostIds(ids: readonly string[] = []): readonly string[] {
  if (ids.length <= MOST_IDS) return ids;
  throw new EngineError('invalid_id', `At most ${MOST_IDS} ids are waited for at once`);
}

const byId = <T extends { id: string }>(items: T[]): Map<string, T> => new Map(items.map((item) => [item.id, item]));
