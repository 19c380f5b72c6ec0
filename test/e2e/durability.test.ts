import { EventEmitter, once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { makeDatabase } from '../support/database';
import { ADMIN, basic } from '../support/app';
import { ServiceProcess } from './support/service-process';

jest.setTimeout(60_000);

/** Callers that keep their connection. */
const CALLERS = 20;

const running: ServiceProcess[] = [];
let database: { url: string; drop: () => Promise<void> };

beforeEach(async () => {
  database = await makeDatabase();
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.end('SIGKILL');
  await database.drop();
});

async function start(): Promise<ServiceProcess> {
  const service = await ServiceProcess.start(database.url);
  running.push(service);
  return service;
}

function upload(service: ServiceProcess, n: number): Promise<Response> {
  const at = new Date(Date.now() - n * 1000);
  const report = { host: `host${n % 20}.example.com`, reported_at: at.toISOString(), status: { applied: 1 } };
  const body = JSON.stringify({ config_report: { ...report, metrics: {}, logs: [] } });
  return service.fetch('/api/v2/config_reports', { method: 'POST', body });
}

/** Its body never comes. */
const STALLED_UPLOAD = `POST /foreman/api/v2/config_reports HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(ADMIN.login, ADMIN.password)}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`;

/** Uploads over eight connections until the service is gone; the ids that were acknowledged. */
async function uploadUntilGone(service: ServiceProcess, acknowledged: number[]): Promise<void> {
  let n = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const answer = await upload(service, n++);
      const { id } = (await answer.json()) as { id: number };
      acknowledged.push(id);
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, worker));
}

/** Which of the reports the service does not have. */
async function lost(service: ServiceProcess, ids: number[]): Promise<number[]> {
  const missing: number[] = [];
  for (const id of ids) {
    const { status } = await service.fetch(`/reports/${id}?format=json`);
    if (status !== 200) missing.push(id);
  }
  return missing;
}

describe('service process', () => {
  it('killed during uploads: has every acknowledged report after the next start', async () => {
    const service = await start();
    const acknowledged: number[] = [];
    const uploading = uploadUntilGone(service, acknowledged);
    while (acknowledged.length < 200) await new Promise((resolve) => setImmediate(resolve));
    await service.end('SIGKILL');
    await uploading;

    expect(await lost(await start(), acknowledged)).toEqual([]);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
  });

  it('told to end: answers what it had accepted, then exits within 10 s, whoever stalls', async () => {
    const service = await start();
    const acknowledged: number[] = [];
    const answers = Array.from({ length: 50 }, async (_, n) => {
      const { id } = (await (await upload(service, n)).json()) as { id: number };
      acknowledged.push(id);
    });
    await Promise.race(answers);
    const before = acknowledged.length;
    const stalled = connect(Number(new URL(service.url).port), '127.0.0.1');
    stalled.on('error', () => undefined).write(STALLED_UPLOAD);
    await once(stalled, 'connect');
    const endedAt = Date.now();
    await service.end('SIGTERM');
    expect(Date.now() - endedAt).toBeLessThan(10_000);
    await Promise.allSettled(answers);

    expect(acknowledged.length).toBeGreaterThan(before);
    expect(await lost(await start(), acknowledged)).toEqual([]);
  });
});

describe('told to end while connections are kept', () => {
  it('answers one more request on each of them, which closes it, and resets none', async () => {
    const service = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
    const answered = new EventEmitter();
    let n = 10_000;
    const call = async (): Promise<string | undefined> => {
      const answer = await sent(service, agent, n++);
      answered.emit('answer');
      return answer === 'close' ? undefined : call();
    };
    const callers = Array.from({ length: CALLERS }, call);
    for (let warm = 0; warm < 3 * CALLERS; warm++) await once(answered, 'answer');
    const ended = service.end('SIGTERM');
    expect(await Promise.allSettled(callers)).toEqual(
      Array.from({ length: CALLERS }, () => ({ status: 'fulfilled', value: undefined })),
    );
    agent.destroy();
    await ended;
  });
});

/** Uploads over a kept connection; what the answer says about the connection. */
async function sent(service: ServiceProcess, agent: Agent, n: number): Promise<string | undefined> {
  const headers = { authorization: basic(ADMIN.login, ADMIN.password), 'content-type': 'application/json' };
  const asked = request(`${service.url}/api/v2/hosts/facts`, { method: 'POST', agent, headers });
  asked.end(JSON.stringify({ name: `kept${n % CALLERS}`, facts: { n } }));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  expect(answer.statusCode).toBe(201);
  return answer.headers.connection;
}

describe('two service processes on one database', () => {
  it('share a session: signed in at one, known to the other', async () => {
    const [first, second] = [await start(), await start()];
    const login = await fetch(`${first.url}/users/login`, {
      method: 'POST',
      body: JSON.stringify({ login: { login: ADMIN.login, password: ADMIN.password } }),
      headers: { 'content-type': 'application/json', 'x-requested-with': 'XMLHttpRequest' },
    });
    expect(login.status).toBe(200);
    const cookie = login.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    const answer = await fetch(`${second.url}/hosts?format=json`, { headers: { cookie } });
    expect(answer.status).toBe(200);
  });
});
