import { setMaxListeners } from 'node:events';
import { EngineError } from '../engine-error';
import { EngineIdentity, type EngineJob, type EngineVm } from '../ports';
import { RestWatch } from './rest-watch';

const account = (user: string) => EngineIdentity.serviceAccount({ user, password: 'p' });
const ACCOUNT = account('admin@internal');
const idOf = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;

const vmOf = (id: string) => ({ id, status: 'up' }) as EngineVm;
const jobOf = (correlationId: string) => ({ id: `job of ${correlationId}` }) as EngineJob;

/** An engine that notes the instant, identity and number of ids of each list. */
function watching({ takesMs = 100 } = {}) {
  const lists: { kind: string; at: number; as: EngineIdentity; ids: string[] }[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const list = async (kind: string, as: EngineIdentity, ids: string[]) => {
    if (ids.length === 0) return;
    lists.push({ kind, at: Date.now(), as, ids });
    if (kind === 'vms') mostAtOnce = Math.max(mostAtOnce, (running += 1));
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    if (kind === 'vms') running -= 1;
  };
  const byIds = jest.fn(async (as: EngineIdentity, ids: string[]) => {
    await list('vms', as, ids);
    return ids.map(vmOf);
  });
  const byCorrelationIds = jest.fn(async (as: EngineIdentity, ids: string[]) => {
    await list('jobs', as, ids);
    return ids.map(jobOf);
  });
  const watch = new RestWatch({ byIds }, { byCorrelationIds });
  return { watch, lists, byIds, byCorrelationIds, mostAtOnce: () => mostAtOnce };
}

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

const gaps = (lists: { at: number }[]) => lists.slice(1).map(({ at }, n) => at - (lists[n]?.at ?? 0));

describe('RestWatch', () => {
  it('asks once for all who wait, and tells all of them', async () => {
    const { watch, lists } = watching();
    const looks = [1, 2, 2].map((n) => watch.look(ACCOUNT, { vms: [idOf(n)], correlationIds: [`c${n}`] }));
    await jest.advanceTimersByTimeAsync(100);
    const [first, , third] = await Promise.all(looks);
    expect(lists.map(({ kind, ids }) => [kind, ids])).toEqual([
      ['vms', [idOf(1), idOf(2)]],
      ['jobs', ['c1', 'c2']],
    ]);
    expect(first?.vms.get(idOf(1))?.status).toBe('up');
    expect(third?.jobs.get('job of c2')).toBeDefined();
    expect(third?.at).toEqual(new Date(1_000_000));
  });

  it('1,000 who wait without end cost one list of each kind a second, of 100 ids, and each has its turn', async () => {
    const { watch, lists, mostAtOnce } = watching();
    const seen = new Map<number, number>();
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    const waiting = Array.from({ length: 1_000 }, async (_, n) => {
      for (;;) {
        await watch.look(ACCOUNT, { vms: [idOf(n)], correlationIds: [`c${n}`] }, stop);
        seen.set(n, (seen.get(n) ?? 0) + 1);
      }
    });
    const ended = Promise.allSettled(waiting);
    await jest.advanceTimersByTimeAsync(20_500);
    stop.abort();
    await ended;
    for (const kind of ['vms', 'jobs']) {
      const ofKind = lists.filter((list) => list.kind === kind);
      expect(ofKind).toHaveLength(21);
      expect(gaps(ofKind).every((gap) => gap >= 1_000)).toBe(true);
      expect(Math.max(...ofKind.map(({ ids }) => ids.length))).toBe(100);
    }
    expect([seen.size, Math.min(...seen.values()), Math.max(...seen.values())]).toEqual([1_000, 2, 3]);
    expect(mostAtOnce()).toBe(1);
  });

  it('gives who comes while a look runs the next one', async () => {
    const { watch, lists } = watching({ takesMs: 400 });
    const first = watch.look(ACCOUNT, { vms: [idOf(1)] });
    await jest.advanceTimersByTimeAsync(200);
    const second = watch.look(ACCOUNT, { vms: [idOf(1)] });
    await jest.advanceTimersByTimeAsync(1_200);
    expect((await second).at.getTime() - (await first).at.getTime()).toBe(1_000);
    expect(lists).toHaveLength(2);
  });

  it('never has two looks run at once, however slow the engine is', async () => {
    const { watch, lists, mostAtOnce } = watching({ takesMs: 5_000 });
    void watch.look(ACCOUNT, { vms: [idOf(1)] });
    await jest.advanceTimersByTimeAsync(2_000);
    void watch.look(ACCOUNT, { vms: [idOf(2)] });
    await jest.advanceTimersByTimeAsync(10_000);
    expect([lists.length, mostAtOnce()]).toEqual([2, 1]);
  });

  it('all accounts together have one list of each kind a second, in turn', async () => {
    const { watch, lists } = watching();
    const [a, b] = [account('a@internal'), account('b@internal')];
    for (const as of [a, b, a]) void watch.look(as, { vms: [idOf(1)] });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(lists.map(({ as, at }) => [as, at])).toEqual([
      [a, 1_000_000],
      [b, 1_001_000],
    ]);
  });

  it('a session has one of its own each three seconds, and no jobs, whose list is for administrators', async () => {
    const { watch, lists } = watching();
    const [mara, joerg] = [EngineIdentity.session('m'), EngineIdentity.session('j')];
    const stop = new AbortController();
    const wait = async (as: EngineIdentity) => {
      for (;;) expect((await watch.look(as, { vms: [idOf(1)], correlationIds: ['c'] }, stop)).jobs.size).toBe(0);
    };
    const ended = Promise.allSettled([wait(mara), wait(joerg)]);
    await jest.advanceTimersByTimeAsync(6_500);
    stop.abort();
    await ended;
    expect(lists.every(({ kind }) => kind === 'vms')).toBe(true);
    expect(gaps(lists.filter(({ as }) => as === mara))).toEqual([3_000, 3_000]);
    expect(lists.filter(({ as }) => as === joerg)).toHaveLength(3);
  });

  it('asks an account that may not list jobs no more for them', async () => {
    const { watch, byCorrelationIds } = watching();
    byCorrelationIds.mockRejectedValue(new EngineError('forbidden', 'no'));
    for (let n = 0; n < 3; n += 1) {
      const look = watch.look(ACCOUNT, { vms: [idOf(1)], correlationIds: ['c'] });
      await jest.advanceTimersByTimeAsync(1_100);
      expect((await look).jobs.size).toBe(0);
    }
    expect(byCorrelationIds).toHaveBeenCalledTimes(1);
  });

  it('fails for all who wait when the engine does, and for nobody after', async () => {
    const { watch, byIds } = watching();
    byIds.mockRejectedValueOnce(new EngineError('unavailable', 'starting'));
    const failing = [1, 2].map((n) => expect(watch.look(ACCOUNT, { vms: [idOf(n)] })).rejects.toThrow('starting'));
    await jest.advanceTimersByTimeAsync(10);
    await Promise.all(failing);
    const look = watch.look(ACCOUNT, { vms: [idOf(1)] });
    await jest.advanceTimersByTimeAsync(1_100);
    expect((await look).vms.size).toBe(1);
  });

  it('does not ask for who has given up', async () => {
    const { watch, lists } = watching();
    const stop = new AbortController();
    const given = watch.look(ACCOUNT, { vms: [idOf(1)] }, stop);
    const kept = watch.look(ACCOUNT, { vms: [idOf(2)] });
    stop.abort(new Error('Enough'));
    await expect(given).rejects.toThrow('Enough');
    await jest.advanceTimersByTimeAsync(200);
    await kept;
    expect(lists.map(({ ids }) => ids)).toEqual([[idOf(2)]]);
  });

  it.each([
    { vms: ['x or name=y'] },
    { correlationIds: ['x or y'] },
    { vms: Array.from({ length: 101 }, (_, n) => idOf(n)) },
  ])('refuses what would spoil the look of others', async (watched) => {
    const { watch, lists } = watching();
    const kept = watch.look(ACCOUNT, { vms: [idOf(1)] });
    await expect(watch.look(ACCOUNT, watched)).rejects.toMatchObject({ kind: 'invalid_id' });
    await jest.advanceTimersByTimeAsync(200);
    await kept;
    expect(lists).toHaveLength(1);
  });
});
