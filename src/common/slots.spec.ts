import { Slots } from './slots';

describe('slots', () => {
  it('run so many works at a time, and those that wait in order', async () => {
    const slots = new Slots(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const work = (n: number) =>
      slots.run(async () => {
        begun.push(n);
        await new Promise<void>((resolve) => ends.push(resolve));
      });
    const all = [1, 2, 3, 4].map(work);
    await Promise.resolve();
    expect(begun).toEqual([1, 2]);
    ends[0]?.();
    await all[0];
    expect(begun).toEqual([1, 2, 3]);
    for (const n of [1, 2]) ends[n]?.();
    await all[2];
    expect(begun).toEqual([1, 2, 3, 4]);
    ends[3]?.();
    await Promise.all(all);
  });

  it('are free again after a work that failed', async () => {
    const slots = new Slots(1);
    await expect(slots.run(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await expect(slots.run(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
