import { ADMIN, startApp, type RunningApp } from '../support/app';

const ALLOWED = 'https://webadmin.example.com';
const FROM_ALLOWED = { referer: `${ALLOWED}/`, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };

async function signIn(service: RunningApp): Promise<string> {
  const answer = await service.anonymous('/users/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ login: ADMIN }),
  });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Runs a script answer as a page would. @returns what its function `name` was called with */
function called(script: string, name = 'cb'): unknown {
  const calls: unknown[] = [];
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what a script tag does
  new Function(name, script)((value: unknown) => calls.push(value));
  expect(calls).toHaveLength(1);
  return calls[0];
}

describe('JSONP, switched on', () => {
  let service: RunningApp;
  let cookie: string;
  beforeAll(async () => {
    service = await startApp({ JSONP_ENABLED: 'true', CORS_ORIGINS: ALLOWED });
    cookie = await signIn(service);
    const facts = { productname: 'Odd\u2028Model\u2029</script>' };
    await service.post('/api/v2/hosts/facts', { name: 'web1.example.com', facts });
  });
  afterAll(() => service.close());

  const script = (path: string, headers: Record<string, string> = {}) =>
    service.anonymous(path, { headers: { cookie, ...FROM_ALLOWED, ...headers } });

  it.each([
    ['/hosts?search=name%20%3D%20web1.example.com&format=json&callback=cb', [{ host: { name: 'web1.example.com' } }]],
    ['/hosts/web1.example.com/ovirt?format=json&callback=cb', { host: { name: 'web1.example.com' } }],
    ['/hosts/web1.example.com/graphs/ovirt?callback=cb', { host: { name: 'web1.example.com' } }],
    ['/hosts/web1.example.com?callback=cb', { host: { name: 'web1.example.com' } }],
    ['/dashboard?callback=cb', {}],
    ['/dashboard/ovirt?callback=cb&_=1700000000000', {}],
  ])('answers %s with a script that calls the function', async (path, expected) => {
    const answer = await script(path);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/javascript; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(text).toMatch(/^\/\*\*\/cb\(/);
    expect(called(text)).toMatchObject(expected);
  });

  it('escapes the line ends of Unicode', async () => {
    const text = await (await script('/hosts/web1.example.com?callback=cb')).text();
    expect(text).toContain('Odd\\u2028Model\\u2029');
    expect(text).not.toMatch(/[\u2028\u2029]/);
  });

  it.each([
    ['/hosts?search=colour%20%3D%20red&callback=cb', 400],
    ['/hosts/nobody/ovirt?callback=cb', 404],
    ['/dashboard/ovirt?search[]=1&search[]=2&callback=cb', 400],
  ])(
    'tells the fault of %s to the function, since a browser runs no script of another status',
    async (path, status) => {
      const answer = await script(path);
      expect(answer.status).toBe(200);
      expect(called(await answer.text())).toMatchObject({ error: { status, message: expect.any(String) as string } });
    },
  );

  it('tells a reader without a session so, without a Basic challenge', async () => {
    const answer = await script('/hosts?callback=cb', { cookie: '' });
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(called(await answer.text())).toMatchObject({ error: { status: 401 } });
  });

  it.each(['1cb', 'cb;alert(1)', 'cb[0]', 'a-b', '', 'x'.repeat(129), 'cb\u2028', 'öl'])(
    'refuses the callback %j',
    async (callback) => {
      const answer = await script(`/hosts?callback=${encodeURIComponent(callback)}`);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).not.toContain('javascript');
    },
  );

  it.each(['$', '_', 'jQuery11.cb_1$', 'x'.repeat(128)])('accepts the callback %s', async (callback) => {
    expect(await (await script(`/hosts?callback=${callback}`)).text()).toMatch(`/**/${callback}(`);
  });

  it.each<[string, Record<string, string>]>([
    ['a page of another origin', { referer: 'https://evil.example.com/' }],
    ['a page that hides its origin', { referer: '' }],
    ['a same-site page of another origin', { referer: 'https://evil.example.com/', 'sec-fetch-site': 'same-site' }],
    ['credentials in a header', { authorization: `Basic ${btoa(`${ADMIN.login}:${ADMIN.password}`)}` }],
    ['a bearer token', { authorization: 'Bearer abc' }],
  ])('refuses %s', async (_, headers) => {
    const answer = await script('/hosts?callback=cb', headers);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).not.toContain('javascript');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('refuses a caller whose browser does not say where the script stands', async () => {
    expect((await service.anonymous('/hosts?callback=cb', { headers: { cookie } })).status).toBe(403);
  });

  it('answers pages of our own', async () => {
    const headers = { cookie, 'sec-fetch-site': 'same-origin' };
    expect(await (await service.anonymous('/hosts?callback=cb', { headers })).text()).toMatch(/^\/\*\*\/cb\(/);
  });

  it.each(['/api/v2/hosts/web1.example.com', '/compute_resources', '/ui_plugin', '/users/login'])(
    'ignores callback elsewhere: %s',
    async (path) => {
      const answer = await script(`${path}?format=json&callback=cb`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('application/json');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    },
  );
});

describe('JSONP, switched off', () => {
  it('ignores callback', async () => {
    const service = await startApp({ CORS_ORIGINS: ALLOWED });
    try {
      const headers = { cookie: await signIn(service), ...FROM_ALLOWED };
      const answer = await service.anonymous('/hosts?format=json&callback=cb', { headers });
      expect(answer.headers.get('content-type')).toContain('application/json');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(await answer.json()).toEqual([]);
    } finally {
      await service.close();
    }
  });
});
