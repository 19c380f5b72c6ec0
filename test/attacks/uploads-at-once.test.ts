import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { FactImporter } from '../../src/ingest/fact-importer';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { sendHalf } from '../support/half-sent';

const KIB = 1_024;
const PATH = '/api/v2/hosts/facts';
const authorization = basic(ADMIN.login, ADMIN.password);
let app: RunningApp;
beforeAll(async () => {
  app = await startApp({
    MAX_BODY_MB: '1',
    MAX_IN_FLIGHT_MB: '1',
    CLIENT_CERT_HEADERS: 'on',
    UPLOAD_CERT_NAMES: 'puppet.example.com',
  });
});
afterAll(() => app.close());

const certificate = (name: string) => ({ ssl_client_verify: 'SUCCESS', ssl_client_s_dn: `CN=${name}` });
const facts = (name: string, bytes: number) =>
  JSON.stringify({ name, facts: Object.fromEntries([['a', '1']]), padding: 'x'.repeat(bytes) });
const upload = (body: RequestInit['body'], headers: Record<string, string>) =>
  app.anonymous(PATH, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

/** Asks again until what others hold is given back. */
async function once201(send: () => Promise<Response>): Promise<number> {
  let { status } = await send();
  for (let tries = 0; status === 503 && tries < 100; tries += 1) ({ status } = await send());
  return status;
}

/** What is answered while so many bytes of an upload were sent that does not go on. */
async function besideHalf(bytes: number, headers: Record<string, string>, send: () => Promise<Response>) {
  const begin = async () => {
    const half = await sendHalf(app, PATH, { length: bytes + 1, sent: ' '.repeat(bytes), headers });
    for (let i = 0; i < 5; i += 1) await app.fetch('/api/v2/status'); // meanwhile it arrives
    return half;
  };
  let half = await begin();
  let answer = await send();
  while (answer.status === 201) {
    if (half.answer() !== '') half = await begin(); // it came second, and was refused itself
    answer = await send();
  }
  return { answer, socket: half.socket };
}

it('beyond what may be in flight an upload is told to come back, and taken once there is room', async () => {
  const send = () => upload(facts('web1.example.com', 600 * KIB), { authorization });
  const { answer, socket } = await besideHalf(700 * KIB, { authorization }, send);
  expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, expect.any(Number)]);
  expect(await answer.text()).toContain('MAX_IN_FLIGHT_MB');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  socket.destroy();
  expect(await once201(send)).toBe(201);
});

it('what was sent one after the other on a connection is given back when that is cut', async () => {
  let finish = (): void => undefined;
  const unfinished = new Promise<number>((resolve) => (finish = () => resolve(0)));
  const imports = jest.spyOn(app.app.get(FactImporter), 'import').mockReturnValue(unfinished);
  const body = facts('web1.example.com', 300 * KIB);
  const request = `POST ${new URL(app.url).pathname}${PATH} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  const sent = `${body}${request}${body}${request}${body}`;
  const { socket } = await sendHalf(app, PATH, { length: body.length, sent, headers: { authorization } });
  while (imports.mock.calls.length < 3) await app.fetch('/api/v2/status');
  const send = () => upload(facts('web1.example.com', 600 * KIB), { authorization });
  expect((await send()).status).toBe(503);
  imports.mockRestore();
  socket.destroy();
  await once(socket, 'close');
  expect(await once201(send)).toBe(201);
  finish();
});

it('a certificate of one host has a quarter of it, and others have theirs', async () => {
  const own = certificate('own.example.com');
  const tooMuch = await upload(facts('own.example.com', 300 * KIB), own);
  expect([tooMuch.status, await tooMuch.text()]).toEqual([413, expect.stringContaining('MAX_IN_FLIGHT_MB')]);
  expect((await upload(facts('any.example.com', 300 * KIB), certificate('puppet.example.com'))).status).toBe(201);
  const send = () => upload(facts('own.example.com', 100 * KIB), own);
  const { answer, socket } = await besideHalf(200 * KIB, own, send);
  expect(answer.status).toBe(503);
  const other = certificate('other.example.com');
  expect((await upload(facts('other.example.com', 100 * KIB), other)).status).toBe(201);
  socket.destroy();
  expect(await once201(send)).toBe(201);
});

it('strangers have a quarter of it: what they half send keeps no upload out', async () => {
  const halves = await Promise.all(
    Array.from({ length: 60 }, () => sendHalf(app, '/users/login', { length: 32_000, sent: ' '.repeat(31_000) })),
  );
  expect(await once201(() => upload(facts('web2.example.com', 600 * KIB), { authorization }))).toBe(201);
  for (const { socket } of halves) socket.destroy();
});

it('what unpacks to more than a hundred times its size is 413, and says so', async () => {
  const large = await startApp();
  try {
    const answer = await large.fetch(PATH, {
      method: 'POST',
      body: gzipSync(facts('web3.example.com', 4_096 * KIB)),
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining('100 times its size')]);
  } finally {
    await large.close();
  }
});
