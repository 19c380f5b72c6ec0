import { startApp, type RunningApp } from '../support/app';
import { register } from '../support/compute-resources';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await register(app, { url: 'https://127.0.0.1:9', ca: '' });
  await app.post('/api/v2/users', { user: { login: 'zoe', password: 'a-good-password' } });
  await app.post('/api/v2/roles', { role: { name: 'Readers', permissions: [] } });
  await upload('web1.example.com');
});
afterAll(() => app.close());

const upload = (host: string) => {
  const at = new Date().toISOString();
  return app.post('/api/v2/config_reports', { config_report: { host, reported_at: at, status: {} } });
};
const put = (path: string, body: object) =>
  app.fetch(path, { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const text = (length: number) => 'x'.repeat(length);
const user = (fields: object) => put('/api/v2/users/zoe', { user: fields });
const resource = (fields: object) => put('/api/v2/compute_resources/1', { compute_resource: fields });
const addresses = (count: number) => Array.from({ length: count }, (_, n) => `https://e${n}.example.com`);
const bookmark = (fields: object) => app.post('/bookmarks', { name: 'x', query: 'web', ...fields });

/** What may be so large, and how that is asked for. */
const LARGEST: [what: string, most: number, ask: (size: number) => Promise<Response>][] = [
  ['characters of a first name', 254, (size) => user({ firstname: text(size) })],
  ['characters of a last name', 254, (size) => user({ lastname: text(size) })],
  ['characters of a mail address', 254, (size) => user({ mail: text(size) })],
  ['characters of a password', 1_000, (size) => user({ password: text(size) })],
  [
    'characters of a login',
    100,
    (size) => app.post('/api/v2/users', { user: { login: text(size), password: text(8) } }),
  ],
  ['characters of a role', 100, (size) => app.post('/api/v2/roles', { role: { name: text(size), permissions: [] } })],
  [
    'characters of what a role is for',
    1_000,
    (size) => put('/api/v2/roles/Readers', { role: { description: text(size) } }),
  ],
  [
    'characters of a token',
    254,
    (size) => app.post('/api/v2/users/zoe/personal_access_tokens', { personal_access_token: { name: text(size) } }),
  ],
  ['characters of what a compute resource is for', 4_000, (size) => resource({ description: text(size) })],
  ['addresses of a compute resource', 50, (size) => resource({ addresses: addresses(size) })],
  ['characters of a compute resource', 255, (size) => resource({ name: text(size) })],
  ['characters of a saved search', 100, (size) => bookmark({ name: text(size) })],
  ['characters that are searched for', 4_096, (size) => bookmark({ query: text(size) })],
  ['characters of a host', 255, (size) => upload(text(size))],
  [
    'characters of a comment',
    65_536,
    (size) => put('/api/v2/hosts/web1.example.com', { host: { comment: text(size) } }),
  ],
  [
    'characters of a hostgroup',
    255,
    (size) => put('/api/v2/hosts/web1.example.com', { host: { hostgroup: text(size) } }),
  ],
];

it.each(LARGEST)('%s: %d are taken, one more is refused', async (_, most, ask) => {
  expect((await ask(most)).status).toBeLessThan(400);
  expect((await ask(most + 1)).status).toBe(422);
});

it('a password of 8 characters is taken, one of 7 refused', async () => {
  expect((await user({ password: text(8) })).status).toBe(200);
  expect((await user({ password: text(7) })).status).toBe(422);
});

it.each([
  ['days of a graph', (size: number) => `/hosts/web1.example.com/ovirt?range=${size}`, 365],
  ['parameters', (size: number) => `/api/v2/hosts?${'a=1&'.repeat(size)}`, 100],
  ['characters of an order', (size: number) => `/api/v2/hosts?order=name${'+'.repeat(size - 8)}DESC`, 100],
])('a query may have as many %s as are allowed, and no more', async (_, path, most) => {
  expect((await app.fetch(path(most))).status).toBe(200);
  expect((await app.fetch(path(most + 1))).status).toBe(400);
});
