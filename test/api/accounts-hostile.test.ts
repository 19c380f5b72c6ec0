import { startApp, type RunningApp } from '../support/app';
import { registration } from '../support/compute-resources';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const PASSWORD = 'a-good-password';

describe('of eight creations at the same time, one succeeds and the others are told why not', () => {
  it.each([
    ['/api/v2/users', { user: { login: 'zoe', password: PASSWORD } }, 'login'],
    ['/api/v2/roles', { role: { name: 'Readers', permissions: [] } }, 'name'],
  ])('%s', async (path, body, field) => {
    const responses = await Promise.all(Array.from({ length: 8 }, () => app.post(path, body)));
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 422, 422, 422, 422, 422, 422, 422]);
    const refused = responses.find(({ status }) => status === 422);
    expect(await refused?.json()).toMatchObject({ error: { errors: { [field]: ['has already been taken'] } } });
  });

  it('of eight changes to one login as well', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        app.post('/api/v2/users', { user: { login: `user${index}`, password: PASSWORD } }),
      ),
    );
    const statuses = await Promise.all(
      made.map(async (response) => {
        const { id } = (await response.json()) as { id: number };
        const body = JSON.stringify({ user: { login: 'the-same' } });
        const headers = { 'content-type': 'application/json' };
        return (await app.fetch(`/api/v2/users/${id}`, { method: 'PUT', body, headers })).status;
      }),
    );
    expect(statuses.sort()).toEqual([200, 422, 422, 422, 422, 422, 422, 422]);
  });
});

describe('a NUL never gets as far as the database', () => {
  it.each([
    ['/users?search=%00', 400],
    ['/audits?search=%00', 200],
    ['/api/v2/users?search=%00', 400],
    ['/api/v2/users?order=%00', 400],
    ['/api/v2/users/a%00b', 404],
    ['/api/v2/roles/a%00b', 404],
    ['/api/v2/roles?search=a%00b', 400],
    ['/compute_resources/a%00b', 404],
    ['/api/v2/compute_resources/%00', 404],
    ['/api/v2/compute_resources?search=%00', 400],
    ['/auth_source_ovirts/%00', 404],
    ['/api/v2/users/%00/personal_access_tokens', 404],
  ])('GET %s is %i', async (path, status) => {
    expect((await app.fetch(path)).status).toBe(status);
  });

  it.each([
    ['/api/v2/users', { user: { login: 'a\0b', password: PASSWORD, firstname: 'a\0b' } }, 201],
    ['/api/v2/roles', { role: { name: 'a\0b', description: '\0', permissions: [] } }, 201],
    ['/api/v2/personal_access_tokens', { personal_access_token: { name: 'a\0b' } }, 201],
    [
      '/api/v2/compute_resources',
      registration({ url: 'https://127.0.0.1:9', ca: '' }, { name: 'a\0b', description: 'a\0b', user: 'a\0b' }),
      201,
    ],
    ['/api/v2/compute_resources', registration({ url: 'https://127.0.0.1\0:9', ca: '' }), 422],
  ])('POST %s %j is %i', async (path, body, status) => {
    const response = await app.post(path, body);
    expect([response.status, await response.text()]).toEqual([status, expect.not.stringContaining('\\u0000')]);
  });
});
