import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { makeCertificates } from '../../tools/engine-simulator';
import { basic, ADMIN, startApp, type RunningApp } from '../support/app';
import { selfSigned } from '../support/reverse-proxy';

const HOST = 'web1.example.com';
type Pair = Awaited<ReturnType<typeof selfSigned>>;

describe('our own HTTPS listener', () => {
  let folder: string;
  let ca: string;
  let own: Pair;
  let controller: Pair;
  let app: RunningApp;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'own-tls-'));
    const server = await makeCertificates(['127.0.0.1']);
    [own, controller, ca] = [await selfSigned(HOST), await selfSigned('ansible.example.com'), server.ca];
    const files = { cert: server.cert, key: server.key, ca: own.cert + controller.cert };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    app = await startApp({
      TLS_CERT_FILE: join(folder, 'cert'),
      TLS_KEY_FILE: join(folder, 'key'),
      TLS_CLIENT_CA_FILE: join(folder, 'ca'),
      UPLOAD_CERT_NAMES: 'ansible.example.com',
    });
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  /** Status and text of an answer to a caller with this certificate. */
  async function send(path: string, client: Pair | undefined, init: Parameters<typeof fetch>[1] = {}) {
    const dispatcher = new Agent({ connect: { ca, ...client } });
    try {
      const answer = await fetch(`${app.url}${path}`, { ...init, dispatcher });
      return { status: answer.status, text: await answer.text() };
    } finally {
      await dispatcher.close();
    }
  }
  const report = (host: string, client?: Pair) =>
    send('/api/config_reports', client, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        config_report: { host, reported_at: new Date(Date.now() - 60_000).toISOString(), status: {}, logs: [] },
      }),
    });

  it('takes uploads by certificate: for the own name, and for any host by a name in UPLOAD_CERT_NAMES', async () => {
    expect((await report(HOST, own)).status).toBe(201);
    expect((await report('web2.example.com', own)).status).toBe(403);
    expect((await report('web2.example.com', controller)).status).toBe(201);
  });

  it('tells callers without a certificate, or with one of another CA, what an upload needs', async () => {
    for (const client of [undefined, await selfSigned(HOST)]) {
      const { status, text } = await report(HOST, client);
      expect([status, text]).toEqual([401, expect.stringContaining('a client certificate of the CA')]);
    }
  });

  it('serves people without a certificate; a certificate opens nothing but uploads', async () => {
    const authorization = basic(ADMIN.login, ADMIN.password);
    expect((await send('/api/v2/hosts', undefined, { headers: { authorization } })).status).toBe(200);
    expect((await send('/api/v2/hosts', own)).status).toBe(401);
  });
});
