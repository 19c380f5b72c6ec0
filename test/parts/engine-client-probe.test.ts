import { X509Certificate } from 'node:crypto';
import { probeEngine, type EngineSettings } from '../../src/engine';
import { ENGINE_VERSIONS, makeCertificates } from '../../tools/engine-simulator';
import { ACCOUNT, EngineBench, KEYCLOAK_ACCOUNT } from '../support/engine-simulators';

const bench = new EngineBench();
afterEach(() => bench.close());

const probe = (settings: EngineSettings, account = ACCOUNT) => probeEngine({ ...settings, ...account });
const apiOf = (version: string) => (['3.2', '3.3'].includes(version) ? '/api' : '/ovirt-engine/api');

describe.each(ENGINE_VERSIONS)('probeEngine on a %s engine', (version) => {
  it('everything right: product, data centers and API address', async () => {
    const { url, ca, data } = await bench.start({ version, https: true });
    const [major, minor] = version.split('.').map(Number);
    await expect(probe({ url: `${url}${apiOf(version)}`, ca })).resolves.toEqual({
      ok: true,
      apiUrl: `${url}${apiOf(version)}`,
      product: expect.objectContaining({ version: { major, minor } }) as unknown,
      dataCenters: data.dataCenters.map(({ id, name, status }) => ({ id, name, status })),
    });
  });

  it('unknown authority: offers the engine’s own with subject and fingerprint, and trusting it works', async () => {
    const { url, ca, control } = await bench.start({ version, https: true });
    const result = await probe({ url });
    const { fingerprint256 } = new X509Certificate(ca);
    expect(result).toMatchObject({
      ok: false,
      problem: 'tls_unknown_issuer',
      authority: {
        certificates: [{ subject: 'CN=engine-simulator CA, O=simulated.example, C=US', fingerprint: fingerprint256 }],
      },
    });
    expect(control.requests.filter(({ path }) => path.startsWith(apiOf(version)))).toEqual([]);
    const pem = 'authority' in result ? result.authority?.pem : undefined;
    await expect(probe({ url, ca: pem })).resolves.toMatchObject({ ok: true });
  });

  it('wrong password: unauthorized', async () => {
    const { url } = await bench.start({ version });
    await expect(probe({ url }, { ...ACCOUNT, password: 'wrong' })).resolves.toMatchObject({
      ok: false,
      problem: 'unauthorized',
    });
  });

  it.each(['/wrong/api', '/ovirt-engine', '/ovirt-engine/webadmin/'])(
    'path %s: not_found with the right address',
    async (path) => {
      const { url } = await bench.start({ version });
      await expect(probe({ url: `${url}${path}` })).resolves.toMatchObject({
        ok: false,
        problem: 'not_found',
        apiUrl: `${url}${apiOf(version)}`,
      });
    },
  );
});

describe('probeEngine', () => {
  it('a 3.4 engine is right at /api too, a 4.5 engine is not', async () => {
    const old = await bench.start({ version: '3.4' });
    await expect(probe({ url: `${old.url}/api` })).resolves.toMatchObject({ ok: true });
    const engine = await bench.start({ version: '4.5' });
    await expect(probe({ url: `${engine.url}/api` })).resolves.toMatchObject({ problem: 'not_found' });
  });

  it('a user name without a profile is refused before its password is sent', async () => {
    const { url, control } = await bench.start({ version: '4.5' });
    await expect(probe({ url }, { ...ACCOUNT, user: 'admin' })).resolves.toMatchObject({
      problem: 'invalid_user',
      message: 'A user is given with its profile at the end, such as admin@internal',
    });
    expect(control.requests.map(({ status }) => status)).toEqual([401, 400]); // what finds out which engine it is
  });

  it('a user who has no role in the engine: no_rights, with what the engine says', async () => {
    const { url, data } = await bench.start({ version: '4.5' });
    for (const user of data.users) user.withoutRole = true;
    const result = await probe({ url });
    expect(result).toMatchObject({ ok: false, problem: 'no_rights' });
    expect(result).toHaveProperty('message', expect.stringMatching(/admin@internal-authz.*not authorized to perform/));
  });

  it('a certificate for other names: says which', async () => {
    const { url, ca } = await bench.start({ version: '4.5', https: true, certificateNames: ['engine.example.com'] });
    await expect(probe({ url, ca })).resolves.toMatchObject({
      problem: 'tls_name_mismatch',
      certificateNames: ['DNS:engine.example.com'],
    });
  });

  it('an authority that did not issue the web server’s certificate is not offered', async () => {
    const stranger = await makeCertificates(['127.0.0.1']);
    const own = await makeCertificates(['127.0.0.1']);
    const { url } = await bench.start({ version: '4.5', https: { ...own, ca: stranger.ca } });
    const result = await probe({ url });
    expect(result).toMatchObject({ ok: false, problem: 'tls_unknown_issuer' });
    expect(result).not.toHaveProperty('authority.pem');
  });

  it.each([
    ['hang', { kind: 'hang' }, 'timeout'],
    ['captive portal', { kind: 'captive_portal' }, 'not_an_engine'],
    ['redirect', { kind: 'redirect', location: 'https://sso.example/login?next=/' }, 'redirect'],
    ['starting', { kind: 'starting' }, 'unavailable'],
  ] as const)('%s', async (_, fault, problem) => {
    const { url, control } = await bench.start({ version: '4.5' });
    control.fault(fault);
    const limits = problem === 'timeout' ? { totalTimeoutMs: 200 } : {};
    await expect(probe({ url, ...limits })).resolves.toMatchObject({ ok: false, problem });
  });

  it('a web server without an engine: not_found, with no better address', async () => {
    const { url } = await bench.start({
      version: '4.5',
      mount: (app) => app.use((_request, response) => void response.status(404).end()),
    });
    const result = await probe({ url });
    expect(result).toMatchObject({ ok: false, problem: 'not_found' });
    expect(result).not.toHaveProperty('apiUrl');
  });

  it('an engine before 3.2: too_old', async () => {
    const product_info = { name: 'oVirt Engine', version: { major: 3, minor: 1 } };
    const { url } = await bench.start({
      version: '3.2',
      mount: (app) =>
        app.get('/api', (request, response, next) => {
          if (!request.get('authorization') && !request.get('cookie')) return next();
          response.set('JSESSIONID', 'x').json({ product_info });
        }),
    });
    await expect(probe({ url })).resolves.toMatchObject({ ok: false, problem: 'too_old' });
  });

  it('a host name nobody knows: unresolvable', async () => {
    await expect(probe({ url: 'https://engine.invalid' })).resolves.toMatchObject({ problem: 'unresolvable' });
  });

  it('an address that cannot be one: invalid_url', async () => {
    await expect(probe({ url: 'engine' })).resolves.toMatchObject({ problem: 'invalid_url' });
  });

  it('throws only when its caller gave up', async () => {
    const { url } = await bench.start({ version: '4.5' });
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(probeEngine({ url, ...ACCOUNT }, { signal })).rejects.toThrow('gone');
  });
});

describe('probeEngine on a 4.5 engine behind Keycloak', () => {
  const start = () => bench.start({ version: '4.5', behindKeycloak: true });
  const grants = ({ control }: Awaited<ReturnType<typeof start>>) =>
    control.requests.filter(({ path }) => path.endsWith('/sso/oauth/token')).length - 1; // the first asks what it is

  it('a user of Keycloak, with its profile: all right', async () => {
    const { url, data } = await start();
    await expect(probe({ url }, KEYCLOAK_ACCOUNT)).resolves.toMatchObject({
      ok: true,
      dataCenters: data.dataCenters.map(({ name }) => ({ name })),
    });
  });

  it.each([
    ['admin@internal', /by Keycloak.*such as admin@ovirt@internalsso$/],
    ['Admin@Internal', /by Keycloak/],
    ['admin', /profile at the end, such as admin@ovirt@internalsso$/],
    ['@internalsso', /profile at the end/],
  ])('the user %s is refused before a password is sent, with the right form', async (user, message) => {
    const engine = await start();
    const result = await probe(engine, { ...KEYCLOAK_ACCOUNT, user });
    expect(result).toMatchObject({ problem: 'invalid_user', message: expect.stringMatching(message) as unknown });
    expect(grants(engine)).toBe(0);
  });

  it.each([
    ['a wrong password is refused by Keycloak', { password: 'wrong' }, 'keycloak', /^Keycloak does not accept/],
    ['half a name is refused by the engine', { user: 'admin@ovirt' }, 'engine', /No valid profile found/],
  ])('%s, and the result says so', async (_, wrong, refusedBy, message) => {
    const engine = await start();
    const result = await probe(engine, { ...KEYCLOAK_ACCOUNT, ...wrong });
    expect(result).toMatchObject({ problem: 'unauthorized', refusedBy });
    expect(result).toHaveProperty('message', expect.stringMatching(message));
    expect(grants(engine)).toBe(1);
  });

  it('a token that Apache does not take: unauthorized, by Apache', async () => {
    const { url } = await bench.start({
      version: '4.5',
      behindKeycloak: true,
      mount: (app) =>
        app.use('/ovirt-engine/api', (request, _response, next) => {
          if (request.get('authorization')) request.headers.authorization = 'Bearer unknown';
          next();
        }),
    });
    await expect(probe({ url }, KEYCLOAK_ACCOUNT)).resolves.toMatchObject({
      problem: 'unauthorized',
      refusedBy: 'apache',
      message:
        'Apache before the engine does not accept the session or password: Reference token could not be introspected',
    });
  });

  it('a user who has no role in the engine: no_rights, although the engine does not tell', async () => {
    const { url, data } = await start();
    for (const user of data.users) user.withoutRole = true;
    await expect(probe({ url }, KEYCLOAK_ACCOUNT)).resolves.toMatchObject({ problem: 'no_rights' });
  });
});
