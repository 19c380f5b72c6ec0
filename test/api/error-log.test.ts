import fs from 'node:fs';

// the logger is that of the first service of a process
let Database: typeof import('../../src/database').Database;
let startApp: typeof import('../support/app').startApp;
jest.isolateModules(() => {
  ({ Database } = jest.requireActual<typeof import('../../src/database')>('../../src/database'));
  ({ startApp } = jest.requireActual<typeof import('../support/app')>('../support/app'));
});

/** What the service writes to its standard output from now on. */
function captureLog(): string[] {
  const log: string[] = [];
  jest.spyOn(fs, 'write').mockImplementation((_: number, text: string, ...more: unknown[]) => {
    log.push(text);
    const done = more.at(-1) as (error: null, count: number) => void;
    setImmediate(() => done(null, Buffer.byteLength(text)));
  });
  const direct = fs.writeSync;
  jest.spyOn(fs, 'writeSync').mockImplementation(((fd: number, text: string, ...more: never[]) => {
    if (fd !== 1) return direct(fd, text, ...more);
    log.push(text);
    return Buffer.byteLength(text);
  }) as typeof fs.writeSync);
  return log;
}

afterEach(() => jest.restoreAllMocks());

it("an unforeseen error's stack is logged with the request id that the answer names", async () => {
  const log = captureLog();
  const app = await startApp({ LOG_LEVEL: 'error' });
  await app.anonymous('/status'); // what the start looks for itself is answered
  const query = jest.spyOn(app.app.get(Database), 'query');
  query.mockImplementation((sql) => Promise.reject(new Error(`planted fault in ${sql.slice(0, 6)}`)));
  const response = await app.anonymous('/status?format=json', { headers: { 'x-request-id': 'asked-1' } });
  const body = (await response.json()) as { error: { request_id: string; message: string } };
  query.mockRestore();
  await app.close(); // the rest of the log is written
  expect([response.status, response.headers.get('x-request-id'), body.error.request_id]).toEqual([
    500,
    'asked-1',
    'asked-1',
  ]);
  expect(body.error.message).not.toContain('planted');
  const lines = log
    .join('')
    .split('\n')
    .flatMap((line) => (line.includes('planted fault') ? [JSON.parse(line) as Record<string, unknown>] : []));
  expect(lines).toEqual([
    expect.objectContaining({
      requestId: 'asked-1',
      msg: 'GET /status failed',
      err: expect.objectContaining({ stack: expect.stringContaining('error-log.test.ts') as string }) as object,
    }),
  ]);
});
