import { Database, SharedWorks, UnitOfWork } from '../../src/database';
import { startApp, type RunningApp } from '../support/app';
import { eventually } from '../support/eventually';
import { rows } from '../support/sign-in';

let app: RunningApp;
const instances: SharedWorks[] = [];

beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  for (const instance of instances.splice(0)) await instance.onModuleDestroy();
  await app.close();
});

/** An instance on the database, which does one work every 50 ms or seldom. */
function instance(work: (signal: AbortSignal) => Promise<unknown>, everyMs: number): SharedWorks {
  const works = new SharedWorks(app.app.get(Database), app.app.get(UnitOfWork));
  works.add({ name: 'toy', everyMs, work, onFailure: (error) => failures.push(error) });
  instances.push(works);
  works.onApplicationBootstrap();
  return works;
}
const failures: unknown[] = [];

const toy = async () => {
  const sql = "SELECT owner, done_at FROM shared_works WHERE name = 'toy'";
  return (await rows<{ owner: string | null; done_at: number | null }>(app, sql))[0];
};

describe('a work that instances share', () => {
  it('is done by one of them at a time', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const work = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      done += 1;
    };
    for (let n = 0; n < 4; n += 1) instance(work, 50);
    await eventually(() => expect(done).toBeGreaterThan(5));
    expect([most, failures]).toEqual([1, []]);
  });

  it('is not done again before its time, whoever starts', async () => {
    let done = 0;
    const work = () => Promise.resolve((done += 1));
    instance(work, 3_600_000);
    await eventually(async () => expect((await toy())?.done_at).not.toBeNull());
    instance(work, 3_600_000);
    await Promise.all(instances.splice(0).map((one) => one.onModuleDestroy())); // each has looked once
    expect(done).toBe(1);
  });

  it('that failed, or was given up with a stop, is not taken for done', async () => {
    const failing = instance(() => Promise.reject(new Error('No')), 3_600_000);
    await eventually(() => expect(failures.splice(0)).toHaveLength(1));
    await failing.onModuleDestroy();
    expect((await toy())?.done_at).toBeNull();

    await app.app.get(UnitOfWork).run((tx) => tx.execute("UPDATE shared_works SET lease_until = 0 WHERE name = 'toy'"));
    let begun = false;
    const stopped = instance((signal) => {
      begun = true;
      return new Promise((resolve) => signal.addEventListener('abort', resolve));
    }, 3_600_000);
    await eventually(() => expect(begun).toBe(true));
    await stopped.onModuleDestroy();
    expect(await toy()).toMatchObject({ owner: null, done_at: null });
  });

  it('is taken over once nothing is heard of who was at it, who is told to give up', async () => {
    let given: AbortSignal | undefined;
    const dead = (signal: AbortSignal) => {
      given = signal;
      return new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    instance(dead, 3_600_000);
    await eventually(() => expect(given).toBeDefined());
    let done = 0;
    instance(() => Promise.resolve((done += 1)), 50);
    expect(done).toBe(0);
    await app.app.get(UnitOfWork).run((tx) => tx.execute("UPDATE shared_works SET lease_until = 0 WHERE name = 'toy'"));
    await eventually(() => expect(done).toBeGreaterThan(0));
    await eventually(() => expect(given?.aborted).toBe(true));
  });
});
