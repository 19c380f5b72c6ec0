import { Clock } from '../../src/common/clock';
import { AppError } from '../../src/common/app-error';
import { FailedAndKept, Operations } from '../../src/operations';
import { Database } from '../../src/database';
import { startApp, type RunningApp } from '../support/app';
import { eventually } from '../support/eventually';
import { ToyOperations } from '../support/toy-operations';

interface Shown {
  id: string;
  state: string;
  waiting_for: string | null;
  progress: number | null;
  cancellable: boolean;
  steps: { name: string; state: string; message: string | null }[];
  error: { code: string; message: string; step: string } | null;
  left_behind: object[];
  result: object | null;
}

let app: RunningApp;
let toys: ToyOperations;
beforeEach(async () => {
  app = await startApp();
  toys = new ToyOperations(app);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

const show = async (id: string) => (await (await app.fetch(`/api/v2/operations/${id}`)).json()) as Shown;
const ended = async (id: string): Promise<Shown> => {
  await eventually(async () => expect((await show(id)).state).toMatch(/succeeded|failed|cancelled/));
  return show(id);
};
const waiting = { is: 'waiting', for: null, againMs: 60_000 } as const;

describe('an operation', () => {
  it('runs its steps in order and tells its result', async () => {
    toys.answer('second run', () => ({ is: 'done', result: { type: 'toy', id: '1', name: 'Toy' } }));
    const { operation } = await toys.begin();
    expect(await ended(operation.id)).toMatchObject({
      state: 'succeeded',
      progress: 100,
      cancellable: false,
      steps: [
        { name: 'first', state: 'succeeded' },
        { name: 'second', state: 'succeeded' },
      ],
      error: null,
      left_behind: [],
      result: { type: 'toy', id: '1', name: 'Toy' },
    });
    expect(toys.asked).toEqual(['first run', 'second run']);
  });

  it('asks a step again that waits, and shows for what', async () => {
    toys.answer('first run', () => ({ is: 'waiting', for: 'lock', againMs: 60_000, progress: 40, message: 'Locked' }));
    const { operation } = await toys.begin();
    await eventually(async () => expect((await show(operation.id)).state).toBe('waiting'));
    expect(await show(operation.id)).toMatchObject({
      waiting_for: 'lock',
      progress: 20,
      cancellable: true,
      steps: [{ state: 'waiting', progress: 40, message: 'Locked' }, { state: 'queued' }],
    });
  });

  it('undoes what it began when a step fails, last first, and tells the fault', async () => {
    toys.answer('second run', () => Promise.reject(new AppError('conflict', 'Taken', { reason: 'name_taken' })));
    const { operation } = await toys.begin();
    expect(await ended(operation.id)).toMatchObject({
      state: 'failed',
      error: { code: 'name_taken', message: 'Taken', step: 'second' },
      steps: [{ state: 'undone' }, { state: 'undone' }],
      left_behind: [],
    });
    expect(toys.asked).toEqual(['first run', 'second run', 'second undo', 'first undo']);
  });

  it('tells what is left behind where undoing fails, and where it was not to be undone', async () => {
    toys.answer('second run', () => Promise.reject(new AppError('conflict', 'Taken')));
    toys.answer('first undo', () => Promise.reject(new AppError('forbidden', 'Not yours')));
    const { operation } = await toys.begin();
    const left = [{ type: 'vm', id: 'toy', name: 'toy' }];
    expect(await ended(operation.id)).toMatchObject({
      state: 'failed',
      error: { message: 'Taken' },
      left_behind: left,
    });

    toys.answer('second run', () => Promise.reject(new FailedAndKept('conflict', 'guest_failed', 'The guest failed')));
    toys.asked.length = 0;
    const kept = await toys.begin();
    expect(await ended(kept.operation.id)).toMatchObject({ state: 'failed', left_behind: left });
    expect(toys.asked).toEqual(['first run', 'second run']);
  });

  it('whose step does not end fails, and tells what is left behind when its undoing does not end either', async () => {
    let hours = 0;
    jest.spyOn(app.app.get(Clock), 'now').mockImplementation(() => new Date(Date.now() + hours * 3_600_000));
    const goesOn = () => ({ is: 'waiting', for: null, againMs: 5 }) as const;
    toys.answer('second run', goesOn);
    toys.answer('second undo', goesOn);
    const { operation } = await toys.begin();
    await eventually(() => expect(toys.asked).toContain('second run'));
    hours = 2;
    await eventually(() => expect(toys.asked).toContain('second undo'));
    hours = 3;
    expect(await ended(operation.id)).toMatchObject({
      state: 'failed',
      error: { code: 'took_too_long', step: 'second' },
      left_behind: [{ type: 'vm', id: 'toy', name: 'toy' }],
    });
  });

  it('that meets something unforeseen fails without telling strangers about it', async () => {
    toys.answer('first run', () => Promise.reject(new Error('secret internals')));
    const { operation } = await toys.begin();
    const shown = await ended(operation.id);
    expect(shown.error).toMatchObject({ code: 'unforeseen' });
    expect(JSON.stringify(shown)).not.toContain('internals');
  });

  it('is cancelled where a step allows it, and not where it does not', async () => {
    toys.answer('first run', () => waiting);
    const { operation } = await toys.begin();
    await eventually(() => expect(toys.asked).toContain('first run'));
    const answer = await app.post(`/api/v2/operations/${operation.id}/cancel`, {});
    expect(answer.status).toBe(202);
    expect(await ended(operation.id)).toMatchObject({
      state: 'cancelled',
      error: null,
      steps: [{ state: 'undone' }, {}],
    });
    const again = await app.post(`/api/v2/operations/${operation.id}/cancel`, {});
    expect([again.status, await again.json()]).toMatchObject([409, { error: { reason: 'not_cancellable' } }]);

    toys.answer('first run', () => ({ is: 'done' }));
    toys.answer('second run', () => waiting);
    const other = await toys.begin();
    await eventually(() => expect(toys.asked).toContain('second run'));
    expect((await app.post(`/api/v2/operations/${other.operation.id}/cancel`, {})).status).toBe(409);
  });

  it('begins and ends in the audit trail', async () => {
    const { operation } = await toys.begin('Play with it');
    await ended(operation.id);
    const { results } = (await (
      await app.fetch('/audits?search=Play', { headers: { accept: 'application/json' } })
    ).json()) as {
      results: { action: string; subject: string }[];
    };
    expect(results.map(({ action }) => action)).toEqual(['operation.succeeded', 'operation.begin']);
  });

  it('keeps what was asked for sealed, and only until it is over', async () => {
    toys.answer('first run', () => waiting);
    const { operation } = await toys.begin('A', { secret: 'hunter2-hunter2' });
    const read = async () =>
      app.app.get(Database).query<Record<string, unknown>>('SELECT * FROM operations WHERE id = ?', [operation.id]);
    expect(JSON.stringify(await read())).not.toContain('hunter2');
    expect(await read()).toMatchObject([{ sealed_input: expect.stringContaining('v1.') as string }]);
    await app.post(`/api/v2/operations/${operation.id}/cancel`, {});
    await ended(operation.id);
    expect(await read()).toMatchObject([{ sealed_input: null }]);
  });
});

describe('a request with an Idempotency-Key', () => {
  it('begins one operation however often it comes, and another one with another key', async () => {
    const all = await Promise.all([1, 2, 3].map(() => toys.begin('A', { key: 'k1', body: { a: 1 } })));
    const later = await toys.begin('A', { key: 'k1', body: { a: 1 } });
    const other = await toys.begin('A', { key: 'k2', body: { a: 1 } });
    expect(new Set([...all, later].map(({ operation }) => operation.id)).size).toBe(1);
    expect([...all, later].filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(other.repeated).toBe(false);
    await expect(toys.begin('A', { key: 'k1', body: { a: 2 } })).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'idempotency_mismatch' },
    });
  });
});

describe('the list of operations', () => {
  it('shows those of kinds that another version has', async () => {
    const { operation } = await toys.begin();
    await ended(operation.id);
    await app.app
      .get(Database)
      .unitOfWork.run((tx) => tx.execute("UPDATE operations SET kind = 'toy.other', finished_at = NULL"));
    const listed = await app.fetch('/api/v2/operations');
    expect([listed.status, await listed.json()]).toMatchObject([200, { results: [{ cancellable: false }] }]);
    expect((await app.post(`/api/v2/operations/${operation.id}/cancel`, {})).status).toBe(409);
  });

  it('lets nobody cancel who may only look', async () => {
    toys.answer('first run', () => waiting);
    const { operation } = await toys.begin();
    const looker = {
      kind: 'user' as const,
      userId: 999,
      name: 'looker',
      admin: false,
      permissions: new Set(['view_operations'] as const),
    };
    const by = { actor: looker, source: { address: '127.0.0.1', requestId: 'r' } };
    const operations = app.app.get(Operations);
    expect(await operations.get(looker, operation.id)).toMatchObject({ id: operation.id });
    await expect(operations.cancel(by, operation.id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is searched, and shows people their own alone', async () => {
    const { operation } = await toys.begin('Launch web1');
    await ended(operation.id);
    const search = async (text: string) =>
      (
        (await (await app.fetch(`/api/v2/operations?search=${encodeURIComponent(text)}`)).json()) as {
          results: Shown[];
        }
      ).results;
    expect(await search('state = succeeded and kind = toy.play and user = admin')).toHaveLength(1);
    expect(await search('web1')).toHaveLength(1);
    expect(await search(`id = ${operation.id}`)).toHaveLength(1);
    expect(await search('state = failed')).toEqual([]);
    await app.post('/api/v2/users', { user: { login: 'mara', password: 'mara-password-1' } });
    const authorization = `Basic ${Buffer.from('mara:mara-password-1').toString('base64')}`;
    const theirs = await app.anonymous('/api/v2/operations', { headers: { authorization } });
    expect(await theirs.json()).toMatchObject({ total: 0, results: [] });
    const foreign = await app.anonymous(`/api/v2/operations/${operation.id}`, { headers: { authorization } });
    expect(foreign.status).toBe(404);
  });

  it('and one operation are pages that move by themselves', async () => {
    toys.answer('first run', () => ({ is: 'waiting', for: null, againMs: 60_000, progress: 40 }));
    const { operation } = await toys.begin('Launch <web1>');
    const page = async (path: string) => (await app.fetch(path, { headers: { accept: 'text/html' } })).text();
    await eventually(async () => expect(await page('/operations')).toContain('Running'));
    expect(await page('/operations')).toContain('Launch &lt;web1&gt;');
    const one = await page(`/operations/${operation.id}`);
    expect(one).toContain('data-refresh-seconds="2"');
    expect(one).toContain('Do the first thing');
    const part = await page(`/operations/${operation.id}/panel`);
    expect(part).toContain('data-operation');
    expect(part).not.toContain('<html');
  });
});
