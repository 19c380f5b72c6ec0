import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { routesOf } from '../support/routes';
import { cookieOf, logIn, rows, statusAndReason } from '../support/sign-in';

const EVIL = 'http://evil.example';
/** What a page of another site makes a browser send, or one whose name leads to us since its owner's DNS says so. */
const PAGES: [page: string, headers: Record<string, string>][] = [
  ['another site', { origin: EVIL }],
  ['another site, told by Fetch metadata', { 'sec-fetch-site': 'cross-site' }],
  ['a sibling site, told by Fetch metadata', { 'sec-fetch-site': 'same-site' }],
  ['another site, told by Referer', { referer: `${EVIL}/foreman/hosts` }],
  ['a page that hides its origin', { origin: 'null' }],
  ['a name that was rebound', { origin: EVIL, 'x-forwarded-host': 'evil.example', 'sec-fetch-site': 'same-origin' }],
  ['a name that was rebound, without Origin', { 'x-forwarded-host': 'evil.example', 'sec-fetch-site': 'same-origin' }],
];

const ANYTHING = JSON.stringify({ login: ADMIN, user: { login: 'eve', admin: true }, role: { name: 'eve' } });
const FORM = new URLSearchParams({ 'user[login]': 'eve', 'role[name]': 'eve', name: 'eve', query: 'a' }).toString();

let app: RunningApp;
beforeAll(async () => {
  app = await startApp({ UPLOAD_ALLOWED_IPS: '127.0.0.1' });
});
afterAll(() => app.close());

const unsafe = () => routesOf(app).filter((route) => !/^(GET|HEAD|OPTIONS) /.test(route));

function send(route: string, headers: Record<string, string>): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const isApi = path.startsWith('/api');
  const type = isApi ? 'application/json' : 'application/x-www-form-urlencoded';
  return app.anonymous(path.replace(/[:*]\w+/g, '1'), {
    method,
    headers: { accept: 'application/json', 'content-type': isLogin(route) ? 'application/json' : type, ...headers },
    body: isApi || isLogin(route) ? ANYTHING : FORM,
  });
}

const isLogin = (route: string) => route === 'POST /users/login';

/** What is kept, but for the trail of refusals. */
async function kept(): Promise<unknown[]> {
  const tables = ['users', 'roles', 'bookmarks', 'sessions', 'personal_access_tokens', 'hosts', 'compute_resources'];
  return Promise.all(tables.map((table) => rows(app, `SELECT * FROM ${table} ORDER BY 1`)));
}

it('there are routes that change something', () => {
  expect(unsafe().length).toBeGreaterThan(40);
});

describe.each(PAGES)('a change from %s', (_, page) => {
  it.each([
    ["with the reader's cookie", async () => ({ cookie: cookieOf(await logIn(app, ADMIN)) })],
    ["with the reader's Basic password", () => Promise.resolve({ authorization: basic(ADMIN.login, ADMIN.password) })],
  ])('is refused by every route, %s', async (__, credentials) => {
    const headers = { ...(await credentials()), ...page };
    const before = await kept();
    const taken: unknown[] = [];
    for (const route of unsafe()) {
      const answer = await statusAndReason(await send(route, headers));
      if (answer.join() !== '403,foreign_origin') taken.push([route, ...answer]);
    }
    expect(taken).toEqual([]);
    expect(await kept()).toEqual(before);
  });

  it('is refused where the reader has an allowed address and shows nothing', async () => {
    const uploads = unsafe().filter((route) => /POST .*(facts|reports)$/.test(route));
    expect(uploads.length).toBeGreaterThan(3);
    for (const route of uploads) expect([route, (await send(route, page)).status]).toEqual([route, 403]);
  });
});

it('a change by a session without its form token is refused by every route, but signing in, which takes no session', async () => {
  const cookie = cookieOf(await logIn(app, ADMIN));
  const before = await kept();
  const taken: unknown[] = [];
  for (const route of unsafe().filter((each) => !isLogin(each))) {
    const answer = await statusAndReason(await send(route, { cookie, 'sec-fetch-site': 'same-origin' }));
    if (answer.join() !== '403,form_token') taken.push([route, ...answer]);
  }
  expect(taken).toEqual([]);
  expect(await kept()).toEqual(before);
});

describe('our own origin', () => {
  const from = async (env: Record<string, string>, origin: string) => {
    const host = new URL(origin).host;
    const own = await startApp(env);
    const headers = { origin, 'x-forwarded-host': host, 'content-type': 'application/json' };
    const answer = await own.post('/api/v2/roles', { role: { name: 'New', permissions: [] } }, headers);
    await own.close();
    return answer.status;
  };
  const PUBLIC_URL = 'https://foreman.example';

  it.each([
    ['PUBLIC_URL', { PUBLIC_URL }, 'https://foreman.example', 201],
    ['PUBLIC_URL by another scheme', { PUBLIC_URL }, 'http://foreman.example', 403],
    ['another name beside PUBLIC_URL', { PUBLIC_URL }, 'http://localhost:3000', 403],
    ['an address', {}, 'http://192.0.2.1:3000', 201],
    ['an address of IPv6', {}, 'http://[2001:db8::1]:3000', 201],
    ['loopback by name', {}, 'http://localhost:3000', 201],
    ['a name that was set', { ALLOWED_HOSTS: 'engine.example.com, Foreman.example' }, 'https://foreman.example', 201],
    ['a name that nobody set', { ALLOWED_HOSTS: 'engine.example.com' }, 'https://foreman.example', 403],
    ['a name that only begins so', { ALLOWED_HOSTS: 'engine.example' }, 'https://engine.example.com', 403],
  ])('is %s, or is not', async (_, env, origin, status) => {
    expect(await from(env as Record<string, string>, origin)).toBe(status);
  });
});
