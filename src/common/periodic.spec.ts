import { Periodic } from './periodic';

describe('Periodic', () => {
  const EVERY_MS = 1_000;
  let periodic: Periodic;
  const failures: unknown[] = [];
  const make = (work: (signal: AbortSignal) => Promise<unknown>) => {
    periodic = new Periodic({ everyMs: EVERY_MS, work, onFailure: (error) => failures.push(error) });
    periodic.start();
  };
  beforeEach(() => {
    jest.useFakeTimers();
    failures.length = 0;
  });
  afterEach(async () => {
    await periodic.stop();
    jest.useRealTimers();
  });

  it('works at the start and again after each interval', async () => {
    const work = jest.fn().mockResolvedValue(undefined);
    make(work);
    expect(work).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(3 * EVERY_MS);
    expect(work).toHaveBeenCalledTimes(4);
  });

  it('does not begin while it still works', async () => {
    let done: () => void = () => undefined;
    const work = jest.fn(() => new Promise<void>((resolve) => (done = resolve)));
    make(work);
    await jest.advanceTimersByTimeAsync(5 * EVERY_MS);
    expect(work).toHaveBeenCalledTimes(1);
    done();
    await jest.advanceTimersByTimeAsync(EVERY_MS);
    expect(work).toHaveBeenCalledTimes(2);
    done();
  });

  it('tells a failure and goes on', async () => {
    const work = jest.fn().mockRejectedValueOnce(new Error('first')).mockResolvedValue(undefined);
    make(work);
    await jest.advanceTimersByTimeAsync(EVERY_MS);
    expect(failures).toEqual([new Error('first')]);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('stops after the work that is told to give up has done so, and calls that no failure', async () => {
    let ended = false;
    make(async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended = true;
      throw new Error('given up');
    });
    await periodic.stop();
    expect([ended, failures]).toEqual([true, []]);
    await jest.advanceTimersByTimeAsync(5 * EVERY_MS);
    expect(jest.getTimerCount()).toBe(0);
  });
});
