import { startApp, type RunningApp } from '../support/app';

const body = (host: string) =>
  JSON.stringify({
    config_report: { host, reported_at: new Date(Date.now() - 60_000).toISOString(), status: {}, logs: [] },
  });
const facts = (name: string, certname?: string) => JSON.stringify({ name, certname, facts: { a: 1 } });
const json = { 'content-type': 'application/json', 'user-agent': 'Ruby' };
const certificate = (subject: string, verify = 'SUCCESS') => ({
  ...json,
  ssl_client_verify: verify,
  ssl_client_s_dn: subject,
});

describe('who may upload', () => {
  describe('by a trusted proxy’s client-certificate headers', () => {
    let app: RunningApp;
    beforeAll(async () => {
      app = await startApp({ CLIENT_CERT_HEADERS: 'on', UPLOAD_CERT_NAMES: 'puppet.example.com' });
    });
    afterAll(() => app.close());
    const report = async (host: string, headers: Record<string, string>) =>
      (await app.anonymous('/api/config_reports', { method: 'POST', body: body(host), headers })).status;
    const upload = async (sent: string, headers: Record<string, string>) =>
      (await app.anonymous('/api/hosts/facts', { method: 'POST', body: sent, headers })).status;

    it.each([
      ['its own name', 'web1.example.com', 'CN=web1.example.com', 201],
      ['its own name in another case', 'web2.example.com', 'O=Example, CN=Web2.example.com', 201],
      [
        'its own name in OpenSSL’s old form, which escapes nothing',
        'web2.example.com',
        '/O=x/CN=web2.example.com',
        401,
      ],
      ['another name', 'web3.example.com', 'CN=web1.example.com', 403],
      ['any name, listed in UPLOAD_CERT_NAMES', 'web4.example.com', 'CN=puppet.example.com,O=Example', 201],
      ['a subject with two names', 'web5.example.com', 'CN=puppet.example.com,CN=web5.example.com', 401],
      ['two names in one place', 'web5.example.com', 'CN=puppet.example.com+CN=web5.example.com', 401],
      ['a name beside another attribute', 'web5.example.com', 'OU=x+CN=web5.example.com', 401],
      ['its own name, which has an escape', 'web6.example.com', 'CN=web6\\2Eexample.com,O=Example', 201],
      ['a name smuggled into another part', 'web6.example.com', 'O=x\\,CN=puppet.example.com', 401],
    ])('a certificate for %s', async (_, host, subject, status) => {
      expect(await report(host, certificate(subject))).toBe(status);
    });

    it('a certificate that did not verify is none', async () => {
      expect(await report('web1.example.com', certificate('CN=web1.example.com', 'FAILED:expired'))).toBe(401);
    });

    it('facts: the certificate’s name counts, whatever name the upload gives beside it', async () => {
      expect(await upload(facts('short', 'own.example.com'), certificate('CN=own.example.com'))).toBe(201);
      expect((await app.fetch('/hosts/own.example.com/ovirt')).status).toBe(200);
      expect(await upload(facts('own.example.com', 'evil.example.com'), certificate('CN=evil.example.com'))).toBe(201);
      expect(await upload(facts('evil.example.com', 'own.example.com'), certificate('CN=evil.example.com'))).toBe(403);
    });

    it('external-node documents: a certificate reads that of its own host, one for all reads any', async () => {
      await upload(facts('node.example.com', 'node.example.com'), certificate('CN=node.example.com'));
      const read = async (subject: string) =>
        (await app.anonymous('/node/Node.example.com?format=yml', { headers: certificate(subject) })).status;
      expect(await read('CN=node.example.com')).toBe(200);
      expect(await read('CN=puppet.example.com')).toBe(200);
      expect(await read('CN=other.example.com')).toBe(403);
    });

    it('external-node documents of hosts that nobody knows are for those who may make them', async () => {
      const read = async (subject: string) =>
        (await app.anonymous('/node/unknown.example.com', { headers: certificate(subject) })).status;
      expect(await read('CN=unknown.example.com')).toBe(200);
      expect(await read('CN=other.example.com')).toBe(403);
    });

    it('a certificate opens nothing but uploads', async () => {
      expect(
        (await app.anonymous('/hosts?format=json', { headers: certificate('CN=puppet.example.com') })).status,
      ).toBe(401);
    });
  });

  it('client-certificate headers are not believed unless the operator says so', async () => {
    const app = await startApp();
    const sent = { method: 'POST', body: body('web1.example.com'), headers: certificate('CN=web1.example.com') };
    expect((await app.anonymous('/api/config_reports', sent)).status).toBe(401);
    await app.close();
  });

  it('client-certificate headers are believed from a trusted proxy only', async () => {
    const app = await startApp({ CLIENT_CERT_HEADERS: 'on', TRUST_PROXY: '192.0.2.1' });
    const sent = { method: 'POST', body: body('web1.example.com'), headers: certificate('CN=web1.example.com') };
    expect((await app.anonymous('/api/config_reports', sent)).status).toBe(401);
    await app.close();
  });

  it('allowed addresses upload without credentials, for any host; a spoofed X-Forwarded-For is no address', async () => {
    const app = await startApp({ UPLOAD_ALLOWED_IPS: '127.0.0.0/8,2001:db8::/32' });
    const send = async (headers: Record<string, string>) =>
      (
        await app.anonymous('/api/config_reports', {
          method: 'POST',
          body: body(`h${Math.random()}.example.com`),
          headers,
        })
      ).status;
    expect(await send(json)).toBe(201);
    expect(await send({ ...json, 'x-forwarded-for': '203.0.113.9' })).toBe(401); // loopback is a trusted proxy: the client is 203.0.113.9
    expect((await app.anonymous('/hosts?format=json', { headers: json })).status).toBe(401);
    await app.close();

    const strict = await startApp({ UPLOAD_ALLOWED_IPS: '203.0.113.9', TRUST_PROXY: 'off' });
    const spoofed = {
      method: 'POST',
      body: body('x.example.com'),
      headers: { ...json, 'x-forwarded-for': '203.0.113.9' },
    };
    expect((await strict.anonymous('/api/config_reports', spoofed)).status).toBe(401);
    await strict.close();
  });

  it('wrong credentials never fall back to an allowed address', async () => {
    const app = await startApp({ UPLOAD_ALLOWED_IPS: '127.0.0.1' });
    const headers = { ...json, authorization: `Basic ${Buffer.from('admin:wrong').toString('base64')}` };
    const response = await app.anonymous('/api/config_reports', {
      method: 'POST',
      body: body('x.example.com'),
      headers,
    });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('Basic') as string,
    ]);
    await app.close();
  });

  it('unknown hosts are not made while CREATE_HOSTS_ON_UPLOAD is off', async () => {
    const app = await startApp({ CREATE_HOSTS_ON_UPLOAD: 'false' });
    const report = await app.post('/api/config_reports', JSON.parse(body('new.example.com')));
    expect([report.status, ((await report.json()) as { id: unknown }).id]).toEqual([201, null]);
    const uploaded = await app.post('/api/hosts/facts', JSON.parse(facts('new.example.com')));
    expect([uploaded.status, await uploaded.text()]).toEqual([
      422,
      expect.stringContaining('CREATE_HOSTS_ON_UPLOAD') as string,
    ]);
    expect((await app.fetch('/hosts/new.example.com/ovirt')).status).toBe(404);
    expect((await app.fetch('/node/unknown.example.com')).status).toBe(404);
    await app.close();
  });
});
