import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { EngineClients, EngineError, EngineIdentity, HttpEngineClient } from '../../src/engine';
import { makeCertificates, startEngineSimulator, type Fault } from '../../tools/engine-simulator';
import { ACCOUNT, ADMIN_ID, EngineBench, engineErrorOf, MARA_ID } from '../support/engine-simulators';

const STRICT = { acceptReadableUser: false };
const LENIENT = { acceptReadableUser: true };
const CLAIM = { userId: MARA_ID, login: 'mara@corp' };
const API = '/ovirt-engine/api';
const bench = new EngineBench();
afterEach(() => bench.close());

describe('HttpEngineClient on the way to an engine', () => {
  it.each<[string, EngineError['kind'], Fault]>([
    ['hangs', 'timeout', { kind: 'hang' }],
    ['stalls in the middle of an answer', 'timeout', { kind: 'stall' }],
    ['is slower than the limit', 'timeout', { kind: 'slow', delayMs: 60_000 }],
    ['cuts connections', 'connection_lost', { kind: 'cut' }],
    ['answers garbage', 'not_an_engine', { kind: 'garbage' }],
    ['answers somebody else’s JSON', 'not_an_engine', { kind: 'foreign_json' }],
    ['is a captive portal', 'not_an_engine', { kind: 'captive_portal' }],
    ['redirects', 'redirect', { kind: 'redirect', location: 'https://elsewhere.example/ovirt-engine/api?x=1' }],
    ['answers 100 MB', 'too_large', { kind: 'huge' }],
    ['answers 100 MB in 100 KB', 'too_large', { kind: 'huge_packed' }],
    ['answers packed, and does not', 'not_an_engine', { kind: 'bad_gzip' }],
    ['is starting', 'unavailable', { kind: 'starting' }],
  ])('%s before and after the dialect is known: %s', async (_, kind, fault) => {
    const engine = await bench.start({ version: '4.5' });
    const { secret } = engine.control.signIn(MARA_ID);
    const limits = kind === 'timeout' ? { totalTimeoutMs: 1000 } : {};
    const strange = bench.client(engine, limits);
    const known = bench.client(engine, limits);
    await expect(known.confirm(secret)).resolves.toMatchObject({ alive: true });
    engine.control.fault(fault);
    const calls = [strange, known].flatMap((client) => [
      engineErrorOf(client.ownerOf(secret, CLAIM, STRICT)),
      engineErrorOf(client.confirm(secret)),
    ]);
    expect((await Promise.all(calls)).map((error) => error.kind)).toEqual([kind, kind, kind, kind]);
    engine.control.clearFaults();
    await expect(strange.confirm(secret)).resolves.toMatchObject({ alive: true });
    await expect(known.confirm(secret)).resolves.toMatchObject({ alive: true });
  });

  it('a 100 MB answer is cut off early, over HTTPS too', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const { secret } = engine.control.signIn(MARA_ID);
    const client = bench.client(engine, { maxAnswerBytes: 64 * 1024 });
    await client.confirm(secret);
    engine.control.fault({ kind: 'huge' });
    expect(await engineErrorOf(client.confirm(secret))).toMatchObject({
      kind: 'too_large',
      message: `The answer to ${engine.url}${API} has more than 64 KiB, which is more than is taken`,
    });
    expect(engine.control.requests.at(-1)).toMatchObject({ path: API, status: 0 });
  });

  it('the redirect’s target gets no request, whatever it is', async () => {
    const engine = await bench.start({ version: '4.5' });
    const target = await bench.start({ version: '4.5' });
    const { secret } = engine.control.signIn(MARA_ID);
    engine.control.fault({ kind: 'redirect', location: `${target.url}${API}` });
    await engineErrorOf(bench.client(engine).confirm(secret));
    expect(target.control.requests).toEqual([]);
  });

  it('a GET on a dropped connection is sent once more, no more than once', async () => {
    const engine = await bench.start({ version: '4.5' });
    const { secret } = engine.control.signIn(MARA_ID);
    const client = bench.client(engine);
    await client.confirm(secret);
    engine.control.fault({ kind: 'cut', times: 1 });
    await expect(client.confirm(secret)).resolves.toMatchObject({ alive: true });
    const before = engine.control.requests.length;
    engine.control.fault({ kind: 'cut' });
    await engineErrorOf(client.confirm(secret));
    expect(engine.control.requests.slice(before)).toHaveLength(2);
  });

  it.each([
    ['3.6', 'a service account', '/ovirt-engine/api'],
    ['3.6', 'a person', '/ovirt-engine/api'],
    ['4.5', 'a service account', '/ovirt-engine/sso'],
    ['4.5', 'a person', '/ovirt-engine/sso'],
  ] as const)('%s: the password of %s is sent once, even when the connection drops', async (version, who, path) => {
    const engine = await bench.start({ version });
    const client = bench.client(engine);
    await client.confirm('any');
    engine.control.fault({ kind: 'cut', path });
    const before = engine.control.requests.length;
    const { user, password } = ACCOUNT;
    const asPerson = () => client.signIn(user, password);
    const error = await engineErrorOf(who === 'a person' ? asPerson() : client.withAccount(ACCOUNT).productInfo());
    expect(error).toMatchObject({ kind: 'connection_lost' });
    expect(engine.control.requests.slice(before)).toHaveLength(1);
  });

  it('concurrent calls of an account share one login', async () => {
    const engine = await bench.start({ version: '4.5' });
    const reader = bench.client(engine).withAccount(ACCOUNT);
    await Promise.all([reader.productInfo(), reader.dataCenters(), reader.virtualMachines()]);
    const logins = engine.control.requests.filter(({ path, status }) => path.endsWith('/token') && status === 200);
    expect(logins).toHaveLength(1);
  });

  it('concurrent calls ask for the version once, and not by a session that has ended', async () => {
    const engine = await bench.start({ version: '4.5' });
    const { vms } = bench.client(engine);
    const [as, ended] = [EngineIdentity.accessKey(ACCOUNT), EngineIdentity.session('ended')];
    await Promise.all([vms.get(as, ADMIN_ID), vms.get(as, ADMIN_ID), vms.get(as, ADMIN_ID)]);
    const roots = engine.control.requests.filter(({ path, status }) => path === API && status === 200);
    expect(roots).toHaveLength(1);
    const { vms: others } = bench.client(engine);
    const refused = engineErrorOf(others.get(ended, ADMIN_ID));
    await expect(others.get(as, ADMIN_ID)).resolves.toBeNull();
    expect(await refused).toMatchObject({ kind: 'unauthorized' });
  });

  it('a caller’s own signal ends the call with its reason and harms nobody else', async () => {
    const engine = await bench.start({ version: '4.5' });
    const { secret } = engine.control.signIn(MARA_ID);
    const client = bench.client(engine);
    engine.control.fault({ kind: 'slow', delayMs: 50, times: 1 });
    const leaving = new AbortController();
    const left = client.confirm(secret, { signal: leaving.signal });
    const stayed = client.confirm(secret);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await expect(stayed).resolves.toMatchObject({ alive: true });
    await expect(client.confirm(secret, { signal: leaving.signal })).rejects.toThrow('gone');
  });

  it('an engine upgraded from 3.6 to 4.5 is understood after some minutes', async () => {
    const old = await startEngineSimulator({ version: '3.6' });
    const client = bench.client(old);
    await client.confirm('any');
    await old.close();
    const engine = await bench.start({ version: '4.5', port: Number(new URL(old.url).port) });
    const { secret } = engine.control.signIn(MARA_ID);
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6 * 60_000);
    await expect(client.confirm(secret)).resolves.toMatchObject({ alive: true });
    later.mockRestore();
  });
});

describe('HttpEngineClient and TLS', () => {
  it('an unknown authority, another engine’s authority and a system store without it: tls_unknown_issuer', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const { ca } = await makeCertificates(['127.0.0.1']);
    for (const wrong of [undefined, ca]) {
      const client = bench.client(engine, { ca: wrong });
      expect(await engineErrorOf(client.confirm('any'))).toMatchObject({ kind: 'tls_unknown_issuer' });
    }
    expect(engine.control.requests).toEqual([]);
  });

  it('a certificate for other names: tls_name_mismatch', async () => {
    const engine = await bench.start({ version: '4.5', https: true, certificateNames: ['engine.example.com'] });
    expect(await engineErrorOf(bench.client(engine).confirm('any'))).toMatchObject({ kind: 'tls_name_mismatch' });
    expect(engine.control.requests).toEqual([]);
  });

  it('TLS of 2013 is refused, and spoken with still verified certificates after the opt-in', async () => {
    const engine = await bench.start({ version: '3.2', https: true, oldTls: true });
    const { secret } = engine.control.signIn(MARA_ID);
    expect(await engineErrorOf(bench.client(engine).confirm(secret))).toMatchObject({ kind: 'tls_failed' });
    await expect(bench.client(engine, { insecureOldTls: true }).confirm(secret)).resolves.toMatchObject({
      alive: true,
    });
    const blind = bench.client(engine, { insecureOldTls: true, ca: undefined });
    expect(await engineErrorOf(blind.confirm(secret))).toMatchObject({ kind: 'tls_unknown_issuer' });
  });

  it('HTTPS asked of an HTTP port: tls_failed', async () => {
    const engine = await bench.start({ version: '4.5' });
    const client = bench.client({ url: engine.url.replace('http:', 'https:'), ca: '' });
    expect(await engineErrorOf(client.confirm('any'))).toMatchObject({ kind: 'tls_failed' });
  });

  it.each([
    'engine.example.com',
    'ftp://engine.example.com',
    'http://engine.example.com',
    'https://u:p@engine.example.com',
  ])('the address %s is refused', (url) => {
    expect(kindThrown(() => new HttpEngineClient({ url }))).toBe('invalid_url');
  });

  it('a CA that is no certificate is refused', () => {
    const settings = {
      url: 'https://engine.example.com',
      ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
    };
    expect(kindThrown(() => new HttpEngineClient(settings))).toBe('invalid_ca');
    expect(kindThrown(() => new HttpEngineClient({ ...settings, ca: 'x' }))).toBe('invalid_ca');
  });
});

describe('HttpEngineClient and secrets', () => {
  it.each(['3.2', '3.6', '4.1', '4.5'] as const)(
    '%s: no error repeats a session or password, even if the engine does',
    async (version) => {
      const engine = await bench.start({ version });
      const session = engine.control.signIn(MARA_ID);
      const password = 'p"w ü&=/x';
      const admin = engine.data.users.find(({ id }) => id === ADMIN_ID);
      if (admin) admin.password = password;
      const account = { user: ACCOUNT.user, password };
      const client = bench.client(engine);
      await client.confirm(session.secret);
      const errors: EngineError[] = [];
      engine.control.fault({ kind: 'echo' });
      errors.push(await engineErrorOf(client.ownerOf(session.secret, CLAIM, LENIENT)));
      errors.push(await engineErrorOf(client.withAccount(account).productInfo()));
      engine.control.clearFaults();
      await client.withAccount(account).productInfo();
      engine.control.fault({ kind: 'echo' });
      errors.push(await engineErrorOf(client.withAccount(account).productInfo()));
      engine.control.clearFaults();
      engine.control.fault({ kind: 'cut' });
      errors.push(await engineErrorOf(client.confirm(session.secret)));
      errors.push(await engineErrorOf(client.confirm('x;planted')));

      const basic = Buffer.from(`${account.user}:${password}`).toString('base64');
      const told = errors.map(
        (error) => `${error.stack} ${error.message} ${JSON.stringify(error)} ${String(error.cause)}`,
      );
      expect(told[0]).toContain('[hidden]');
      for (const secret of [session.secret, password, JSON.stringify(password).slice(1, -1), basic, 'planted']) {
        expect(told.join('\n')).not.toContain(secret);
      }
    },
  );
});

describe('EngineClients', () => {
  it('gives equal settings of one origin the same client, until it is forgotten', async () => {
    const clients = new EngineClients();
    const url = 'https://engine.example.com';
    const client = clients.get({ url: `${url}/ovirt-engine/api` });
    expect(clients.get({ url })).toBe(client);
    expect(clients.get({ url, insecureOldTls: true })).not.toBe(client);
    expect(clients.get({ url: 'https://other.example.com' })).not.toBe(client);
    await clients.forget(url);
    expect(clients.get({ url })).not.toBe(client);
    await clients.close();
  });

  it('shares connections and ends service accounts’ sessions when closed', async () => {
    const engine = await bench.start({ version: '3.6' });
    const clients = new EngineClients();
    await clients.get({ url: engine.url }).withAccount(ACCOUNT).dataCenters();
    const before = engine.control.requests.length;
    await clients
      .get({ url: `${engine.url}/api` })
      .withAccount(ACCOUNT)
      .dataCenters();
    expect(engine.control.requests.slice(before)).toHaveLength(1);
    await clients.close();
    expect(engine.control.requests.at(-1)).toMatchObject({ path: API, status: 401 });
  });
});

describe('HttpEngineClient without an engine', () => {
  it('a closed port: refused', async () => {
    const server = await listen();
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const client = bench.client({ url: `http://127.0.0.1:${port}`, ca: '' });
    expect(await engineErrorOf(client.confirm('any'))).toMatchObject({ kind: 'refused' });
  });

  it('something that speaks no HTTP: not_an_engine', async () => {
    const server = await listen((socket) => socket.once('data', () => socket.end('500 unknown command\r\n')));
    const { port } = server.address() as AddressInfo;
    const client = bench.client({ url: `http://127.0.0.1:${port}`, ca: '' });
    expect(await engineErrorOf(client.confirm('any'))).toMatchObject({ kind: 'not_an_engine' });
  });
});

function kindThrown(make: () => unknown): string | undefined {
  try {
    make();
  } catch (error) {
    return error instanceof EngineError ? error.kind : undefined;
  }
  return undefined;
}

async function listen(answer?: (socket: Socket) => void): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  bench.closeLater({ close: () => new Promise((resolve) => server.close(() => resolve())) });
  return server;
}
