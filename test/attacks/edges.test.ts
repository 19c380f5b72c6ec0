import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { formOf } from '../support/compute-resources';
import { ADMIN_ID, EngineBench, engineErrorOf } from '../support/engine-simulators';
import { cookieOf, logIn, rows } from '../support/sign-in';

const apps: RunningApp[] = [];
const bench = new EngineBench();
const start = async (env: Record<string, string> = {}) => {
  const app = await startApp(env);
  apps.push(app);
  return app;
};
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  await bench.close();
});

/** A path exactly as it stands here, which `fetch` would tidy up. */
async function raw({ origin }: RunningApp, path: string, headers: Record<string, string>) {
  const [answer] = (await once(get(origin, { path, headers }), 'response')) as [IncomingMessage];
  return { location: answer.headers.location ?? '', html: await text(answer) };
}

/** Where a browser would be led from the page of this origin. */
const hostsIn = ({ location, html }: { location: string; html: string }) =>
  [location, ...[...html.matchAll(/(?:href|action|src|content)="([^"]*)"/g)].map(([, link = '']) => link)]
    .map((link) => URL.parse(link.replaceAll('&#x3D;', '='), 'http://ours.example'))
    .flatMap((url) => (url !== null && /^https?:$/.test(url.protocol) ? [url.hostname] : []));

const BASES: Record<string, string>[] = [{}, { BASE_PATH: '/' }];
describe.each(BASES)('an address that looks like another site (%j)', (env) => {
  it.each([
    '//evil.example/x',
    '//evil.example/foreman/hosts',
    '/\\evil.example/x',
    '/foreman//evil.example/x',
    '/foreman/..//evil.example/x',
    '/foreman/assets//evil.example/..',
    '/assets//evil.example/%2e%2e',
    '//evil.example/assets/fonts',
    '/foreman/assets/fonts',
    '//evil.example/%2e%2e/hosts/none/ovirt',
    '/foreman/users/login?original_uri=//evil.example/x',
  ])('%s is neither a link nor a redirect of ours', async (path) => {
    const app = await start(env);
    const authorization = basic(ADMIN.login, ADMIN.password);
    const callers: Record<string, string>[] = [{}, { authorization }];
    for (const caller of callers) {
      const answer = await raw(app, path, { accept: 'text/html', ...caller });
      expect(hostsIn(answer).filter((host) => host !== 'ours.example')).toEqual([]);
      expect(new URL(answer.location, 'http://ours.example').searchParams.get('original_uri') ?? '').not.toContain(
        'evil',
      );
    }
  });
});

it('the way to try again leads to the page that was asked for, where that is ours', async () => {
  const app = await start();
  const asked = '/foreman/dashboard/ovirt?search=nothing+%3D+1';
  const { html } = await raw(app, asked, { accept: 'text/html', authorization: basic(ADMIN.login, ADMIN.password) });
  expect(html).toContain('nothing');
  const away = await raw(app, '/foreman/users?page=2', { accept: 'text/html' });
  expect(away.location).toBe(`/foreman/users/login?original_uri=${encodeURIComponent('/foreman/users?page=2')}`);
});

it.each([
  '/api/v2/hosts',
  '/api/v2/status',
  '/api/v2/users/1',
  '/api/v2/nothing',
  '/hosts?format=json',
  '/dashboard/ovirt?format=json',
  '/users/login?format=json',
  '/status.json',
  '/hosts/auto_complete_search?search=na&format=json',
])('JSON of %s is kept in no cache', async (path) => {
  const app = await start();
  for (const answer of [
    await app.fetch(path),
    await app.anonymous(path, { headers: { accept: 'application/json' } }),
  ]) {
    expect(answer.headers.get('content-type')).toMatch(/json/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
});

describe("the session's cookie", () => {
  const HTTPS = { 'x-forwarded-proto': 'https' };

  const NAMES: [name: string, env: Record<string, string>, headers: Record<string, string>][] = [
    ['__Secure-foreman_ovirt_session', {}, HTTPS],
    ['__Host-foreman_ovirt_session', { BASE_PATH: '/' }, HTTPS],
    ['__Secure-foreman_ovirt_session', { PUBLIC_URL: 'https://foreman.example' }, {}],
    ['foreman_ovirt_session', {}, {}],
  ];
  it.each(NAMES)('is %s (%j, %j), as the API tells, and no other name serves', async (name, env, headers) => {
    const app = await start(env);
    const told = (await (await app.fetch('/api/v2/openapi.json', { headers })).json()) as {
      components: { securitySchemes: { session: { name: string } } };
    };
    expect(told.components.securitySchemes.session.name).toBe(name);
    const answer = await logIn(app, ADMIN, headers);
    const [set = ''] = answer.headers.getSetCookie();
    expect(set.startsWith(`${name}=`)).toBe(true);
    expect(set).toContain(`Path=${env.BASE_PATH ?? '/foreman'}`);
    expect(set.includes('; Secure')).toBe(name.startsWith('__'));
    const token = cookieOf(answer).split('=')[1] ?? '';
    const names = ['', '__Secure-', '__Host-'].map((prefix) => `${prefix}foreman_ovirt_session`);
    for (const each of names) {
      const cookie = `${each}=${token}`;
      const { status } = await app.anonymous('/hosts?format=json', { headers: { ...headers, cookie } });
      expect([each, status]).toEqual([each, each === name ? 200 : 401]);
    }
  });
});

it('a person has at most 100 saved searches; one that is saved again counts once', async () => {
  const app = await start();
  const save = (name: string) => app.fetch('/bookmarks', formOf({ name, query: 'name = a' }));
  for (let i = 0; i < 100; i += 1) expect((await save(`mine ${i}`)).status).toBe(303);
  const refused = await app.post('/bookmarks', { name: 'one more', query: 'name = a' }, { accept: 'application/json' });
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('you have 100 saved searches')]);
  expect((await save('mine 7')).status).toBe(303);
  expect(await rows(app, 'SELECT id FROM bookmarks')).toHaveLength(100);
});

it('at the same time too', async () => {
  const app = await start();
  const save = (i: number) => app.fetch('/bookmarks', formOf({ name: `mine ${i}`, query: 'name = a' }));
  const answers = await Promise.all(Array.from({ length: 130 }, (_, i) => save(i)));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(100);
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(30);
});

it('where an engine redirects to is told without the path, which may hold a session', async () => {
  const engine = await bench.start({ version: '4.5' });
  engine.control.fault({
    kind: 'redirect',
    location: 'https://sso.example/planted-session/;jsessionid=planted?x=planted',
  });
  const claim = { userId: ADMIN_ID, login: 'admin@internal' };
  const asked = bench.client(engine).ownerOf('x'.repeat(24), claim, { acceptReadableUser: false });
  const error = await engineErrorOf(asked);
  expect(error.message).toContain('https://sso.example/…');
  expect(JSON.stringify([error.message, error])).not.toContain('planted');
});

describe('what the service runs with', () => {
  const SCRIPTS = /(^|\/)(jquery|bootstrap|bootstrap-select|patternfly)(-[a-z-]+)?$/;
  const fileOf = (path: string) =>
    JSON.parse(readFileSync(join(__dirname, '../..', path), 'utf8')) as Record<string, never>;

  it('has no scripts of the pages of old', () => {
    const packages = Object.entries<{ dev?: boolean }>(fileOf('package-lock.json').packages ?? {});
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([path, { dev }]) => SCRIPTS.test(path) && dev !== true)).toEqual([]);
  });

  it('is told by the SBOM that the build writes', () => {
    const { bomFormat, components } = fileOf('dist/sbom.cdx.json') as unknown as {
      bomFormat: string;
      components: { name: string }[];
    };
    const names = components.map(({ name }) => name);
    expect(bomFormat).toBe('CycloneDX');
    expect(names).toEqual(expect.arrayContaining(['express', 'typeorm', 'better-sqlite3']));
    expect(names.filter((name) => SCRIPTS.test(name))).toEqual([]);
  });
});
