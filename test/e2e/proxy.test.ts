import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import {
  makeCertificates,
  startEngineSimulator,
  type Certificates,
  type EngineSimulator,
} from '../../tools/engine-simulator';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { proxySnippet, selfSigned, startReverseProxy, type ReverseProxy } from '../support/reverse-proxy';

const HOST = 'web1.example.com';
const CLAIM = { SSL_CLIENT_VERIFY: 'SUCCESS', SSL_CLIENT_S_DN: `CN=${HOST}` };

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** The client's own certificate. */
  client?: { cert: string; key: string };
}
interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

describe.each(['apache', 'nginx'] as const)('behind %s, on the engine’s origin', (kind) => {
  let service: RunningApp;
  let engine: EngineSimulator;
  let tls: Certificates;
  let client: { cert: string; key: string };
  let proxy: ReverseProxy;

  const start = async (...more: string[]) => {
    const snippet = await proxySnippet(kind, service.origin, ...more);
    return startReverseProxy({ kind, snippet, engine: engine.url, tls, clientCa: client.cert });
  };

  beforeAll(async () => {
    service = await startApp({ CLIENT_CERT_HEADERS: 'on', UPLOAD_ALLOWED_IPS: '192.0.2.7' });
    engine = await startEngineSimulator({ version: '4.5' });
    [tls, client] = await Promise.all([makeCertificates(['127.0.0.1']), selfSigned(HOST)]);
    proxy = await start('--client-certificates');
  }, 60_000);
  afterAll(async () => {
    await proxy?.stop();
    await engine?.close();
    await service?.close();
  });

  const send = async (url: string, { method = 'GET', headers = {}, body, client: own }: Sent = {}): Promise<Answer> => {
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, ca: tls.ca, ...own, agent: false }, (answer) => {
        const { statusCode = 0, headers: received } = answer;
        text(answer).then((all) => resolve({ status: statusCode, headers: received, text: all }), reject);
      });
      sent.once('error', reject).end(body);
    });
  };
  const asAdmin = { authorization: basic(ADMIN.login, ADMIN.password) };
  const report = (origin: string, host: string, { headers, ...more }: Sent = {}) =>
    send(`${origin}/foreman/api/config_reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Ruby', ...headers },
      body: JSON.stringify({ config_report: { host, reported_at: new Date().toISOString(), status: {}, logs: [] } }),
      ...more,
    });
  const logIn = (origin: string, headers: Record<string, string> = {}) =>
    send(`${origin}/foreman/users/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers },
      body: `login[login]=${ADMIN.login}&login[password]=${ADMIN.password}`,
    });

  it('the engine and the service answer on one origin', async () => {
    const health = await send(`${proxy.https}/ovirt-engine/services/health`);
    expect(health.text).toContain('Welcome to Health Status');
    const dashboard = await send(`${proxy.https}/foreman/dashboard/ovirt`, { headers: asAdmin });
    expect(dashboard.status).toBe(200);
    expect(dashboard.text).toContain('"/foreman/assets/');
    expect((await send(`${proxy.https}/foremanx`)).status).toBe(404);
  });

  it.each(['http', 'https'] as const)(
    'redirects stay on the origin and under the base path over %s',
    async (scheme) => {
      const origin = proxy[scheme];
      const answers = [
        await send(`${origin}/foreman`, { headers: asAdmin }),
        await send(`${origin}/foreman/`, { headers: asAdmin }),
        await send(`${origin}/foreman/ui_plugin`, { headers: { accept: 'text/html', 'sec-fetch-dest': 'document' } }),
        await logIn(origin),
      ];
      expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 302]);
      const locations = answers.map(({ headers }) => new URL(headers.location ?? '', origin));
      expect(locations.map((url) => url.origin)).toEqual(locations.map(() => origin));
      expect(locations.filter(({ pathname }) => !/^\/foreman(\/|$)/.test(pathname))).toEqual([]);
    },
  );

  it('the session’s cookie is for our path, and Secure over HTTPS only, whatever the client says', async () => {
    const [overHttps, spoofed, overHttp] = [
      await logIn(proxy.https),
      await logIn(proxy.https, { 'x-forwarded-proto': 'http' }),
      await logIn(proxy.http, { 'x-forwarded-proto': 'https' }),
    ].map(({ headers }) => headers['set-cookie']?.find((cookie) => /^(__Secure-)?foreman_ovirt_session=/.test(cookie)));
    expect([overHttps, overHttp].map((cookie) => cookie?.startsWith('__Secure-'))).toEqual([true, false]);
    expect(overHttps).toMatch(/; Path=\/foreman;.*HttpOnly.*; Secure/);
    expect(spoofed).toMatch(/; Secure/);
    expect(overHttp).toMatch(/; Path=\/foreman;/);
    expect(overHttp).not.toMatch(/; Secure/);
  });

  it('believes the proxy about the origin, and no header that the client brings', async () => {
    const headers = {
      ...asAdmin,
      'x-forwarded-host': 'evil.example.com',
      forwarded: 'host=evil.example.com;proto=http',
    };
    const { text: body } = await send(`${proxy.https}/foreman/ui_plugin?format=json`, { headers });
    expect(JSON.parse(body)).toMatchObject({ service_url: `${proxy.https}/foreman` });
  });

  it('lets nobody bring an allowed address', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.7', forwarded: 'for=192.0.2.7' };
    expect((await report(proxy.https, HOST, { headers })).status).toBe(401);
  });

  it.each(['http', 'https'] as const)('lets nobody bring certificate headers over %s', async (scheme) => {
    expect((await report(proxy[scheme], HOST, { headers: CLAIM })).status).toBe(401);
  });

  it('passes on whose certificate TLS verified, whatever the client claims beside it', async () => {
    expect((await report(proxy.https, HOST, { client })).status).toBe(201);
    const headers = { ...CLAIM, SSL_CLIENT_S_DN: 'CN=web2.example.com' };
    expect((await report(proxy.https, 'web2.example.com', { client, headers })).status).toBe(403);
  });

  it('takes no certificate of another authority', async () => {
    const stranger = await selfSigned(HOST);
    const status = await report(proxy.https, HOST, { client: stranger }).then(
      (answer) => answer.status,
      () => 'refused by TLS',
    );
    expect([400, 401, 'refused by TLS']).toContain(status);
  });

  it('passes on any host name as it is', async () => {
    const name = 'odd %41 "ü" & name?';
    await service.post('/api/v2/hosts/facts', { name, facts: { a: '1' } });
    const path = `/foreman/hosts/${encodeURIComponent(name)}/ovirt?format=json`;
    const { status, text: body } = await send(`${proxy.https}${path}`, { headers: asAdmin });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ host: { name } });
  });

  it('without --client-certificates nobody holds one', async () => {
    const plain = await start();
    try {
      expect((await report(plain.https, HOST, { headers: CLAIM })).status).toBe(401);
      expect((await report(plain.https, HOST, { client })).status).toBe(401);
    } finally {
      await plain.stop();
    }
  });
});
