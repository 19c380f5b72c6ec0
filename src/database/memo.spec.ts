import { Memo } from './memo';

/** A memo of a value that is counted up at each look-up; `answer` lets the oldest open look-up end. */
function counted() {
  let count = 0;
  const open: (() => void)[] = [];
  const memo = new Memo((key: string) => {
    const value = { text: `${key} ${(count += 1)}` };
    return new Promise<typeof value>((resolve) => open.push(() => resolve(value)));
  });
  return { memo, answer: () => open.shift()?.() };
}

describe('what was looked up', () => {
  let now = 1_000;
  const pass = (ms: number) => {
    now += ms;
    jest.advanceTimersByTime(ms);
  };
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('serves for a second, and is asked once however many ask', async () => {
    const { memo, answer } = counted();
    const both = Promise.all([memo.get('a'), memo.get('a')]);
    answer();
    expect(await both).toEqual([{ text: 'a 1' }, { text: 'a 1' }]);
    pass(990);
    expect(await memo.get('a')).toEqual({ text: 'a 1' });
    pass(20);
    const again = memo.get('a');
    answer();
    expect(await again).toEqual({ text: 'a 2' });
  });

  it('before a change is not remembered, though its answer comes after', async () => {
    const { memo, answer } = counted();
    const before = memo.get('a');
    memo.forget();
    answer();
    expect(await before).toEqual({ text: 'a 1' });
    const after = memo.get('a');
    answer();
    expect(await after).toEqual({ text: 'a 2' });
  });

  it('and is not there, or failed, is asked again', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve(null), Promise.resolve({ id: 1 })];
    const memo = new Memo(() => answers.shift() ?? Promise.reject(new Error('asked too often')));
    await expect(memo.get(1)).rejects.toThrow('away');
    expect([await memo.get(1), await memo.get(1), await memo.get(1)]).toEqual([null, { id: 1 }, { id: 1 }]);
  });
});
