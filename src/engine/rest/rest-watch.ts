import { LRUCache } from 'lru-cache';
import { atMost } from '../../common/cache-limit';
import { EngineError, type EngineErrorKind } from '../engine-error';
import type {
  EngineIdentity,
  EngineJob,
  EngineJobs,
  EngineVms,
  EngineWatch,
  GuestAddress,
  Sighting,
  Watched,
} from '../ports';
import { checkCorrelationId, checkId } from '../input';
import { MOST_IDS } from './search-text';
import { WatchLanes, type Look } from './watch-lane';

/** Looks are shared by all who wait; those of a person's session are costlier for the engine. */
const LOOK_MS = { accounts: 1_000, session: 3_000 };
/** Guests are asked by the engine every 15 s themselves (oVirt: VdsRefreshRate × NumberVmRefreshesBeforeSave). */
const GUESTS_MS = { accounts: 3_000, session: 3_000 };
/** The engine makes queries for each VM. */
const MOST_GUESTS = 50;
/** How long an account is taken for no administrator. */
const NO_JOBS_MS = 5 * 60_000;
const MOST_ACCOUNTS = 1_000;
const WITHOUT_JOBS: EngineErrorKind[] = ['forbidden', 'unsupported'];

export class RestWatch implements EngineWatch {
  private readonly looks = new WatchLanes(LOOK_MS, { most: MOST_IDS, see: (look) => this.see(look) });
  private readonly guests = new WatchLanes(GUESTS_MS, {
    most: MOST_GUESTS,
    see: ({ as, vms }) => this.vms.addressesByIds(as, vms),
  });
  private readonly withoutJobs = new LRUCache<string, true>({ ...atMost(MOST_ACCOUNTS), ttl: NO_JOBS_MS });

  constructor(
    private readonly vms: Pick<EngineVms, 'byIds' | 'addressesByIds'>,
    private readonly jobs: Pick<EngineJobs, 'byCorrelationIds'>,
  ) {}

  async look(as: EngineIdentity, watched: Watched, { signal }: { signal?: AbortSignal } = {}): Promise<Sighting> {
    const vms = atMostIds(watched.vms).map(checkId);
    if ('session' in as.credential) return this.looks.next(as, { vms }, signal);
    const correlationIds = atMostIds(watched.correlationIds).map(checkCorrelationId);
    return this.looks.next(as, { vms, correlationIds }, signal);
  }

  async addresses(
    as: EngineIdentity,
    vmId: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<GuestAddress[] | null> {
    const vm = checkId(vmId);
    return (await this.guests.next(as, { vms: [vm] }, signal)).get(vm) ?? null;
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
