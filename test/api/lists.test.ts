import { startApp, type RunningApp } from '../support/app';
import { register } from '../support/compute-resources';

interface List {
  total: number;
  subtotal: number;
  page: number;
  per_page: number;
  search: string | null;
  sort: { by: string | null; order: string | null };
  results: Record<string, unknown>[];
}

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  for (const name of ['production', 'other', 'third'])
    await register(app, { url: `https://${name}.example.com`, ca: '' }, { name, description: `hall ${name}` });
  const role = await app.post('/api/v2/roles', { role: { name: 'Readers', permissions: ['view_hosts'] } });
  const { id } = (await role.json()) as { id: number };
  for (const login of ['ann', 'bob', 'cleo'])
    await app.post('/api/v2/users', {
      user: { login, password: 'a-good-password', mail: `${login}@example.com`, role_ids: login === 'bob' ? [id] : [] },
    });
  for (const name of ['one', 'two', 'three'])
    await app.post('/api/v2/personal_access_tokens', { personal_access_token: { name } });
}, 30_000);
afterAll(() => app.close());

const query = (params: Record<string, string>) => new URLSearchParams(params).toString();

describe.each([
  ['/api/v2/users', 'login', ['admin', 'ann', 'bob', 'cleo'], 'mail = bob@example.com', ['bob']],
  ['/api/v2/users', 'login', ['admin', 'ann', 'bob', 'cleo'], 'role = Readers', ['bob']],
  ['/api/v2/users', 'login', ['admin', 'ann', 'bob', 'cleo'], 'admin = false and not login = ann', ['bob', 'cleo']],
  ['/api/v2/users', 'login', ['admin', 'ann', 'bob', 'cleo'], 'example', ['ann', 'bob', 'cleo']],
  ['/api/v2/roles', 'name', ['Manager', 'Ovirt', 'Readers', 'Uploader', 'Viewer'], 'name = Ovirt', ['Ovirt']],
  ['/api/v2/roles', 'name', ['Manager', 'Ovirt', 'Readers', 'Uploader', 'Viewer'], 'builtin = false', ['Readers']],
  ['/api/v2/compute_resources', 'name', ['other', 'production', 'third'], 'name="other"', ['other']],
  [
    '/api/v2/compute_resources',
    'name',
    ['other', 'production', 'third'],
    'description ~ hall and id < 3',
    ['other', 'production'],
  ],
  [
    '/api/v2/auth_sources',
    'name',
    ['Internal', 'other', 'production', 'third'],
    'name = Internal or thi',
    ['Internal', 'third'],
  ],
  ['/api/v2/personal_access_tokens', 'name', ['one', 'three', 'two'], 'name ~ t and revoked = false', ['three', 'two']],
  ['/api/v2/users/admin/personal_access_tokens', 'name', ['one', 'three', 'two'], 'name = one', ['one']],
])('%s', (path, by, all, search, found) => {
  const list = async (params: Record<string, string> = {}) => {
    const response = await app.fetch(`${path}?${query(params)}`);
    expect(response.status).toBe(200);
    return (await response.json()) as List;
  };
  const names = ({ results }: List) => results.map((result) => result[by]);

  it(`${search}: finds ${found.join(', ')}, with exact totals`, async () => {
    const answer = await list({ search, order: `${by} ASC` });
    expect(names(answer)).toEqual(found);
    expect(answer).toMatchObject({ total: all.length, subtotal: found.length, search, sort: { by, order: 'ASC' } });
  });

  it('is ordered and paged', async () => {
    const order = `${by} DESC`;
    const [first, second, beyond] = await Promise.all([
      list({ order, per_page: '2' }),
      list({ order, per_page: '2', page: '2' }),
      list({ order, per_page: '2', page: '9' }),
    ]);
    expect([...names(first), ...names(second), ...names(beyond)]).toEqual([...all].reverse().slice(0, 4));
    expect(second).toMatchObject({ total: all.length, subtotal: all.length, page: 2, per_page: 2 });
    expect(names(await list({ per_page: 'all' })).sort()).toEqual([...all].sort());
  });

  it.each([{ search: 'nothing = 1' }, { search: `${by} = (` }, { order: 'nothing' }, { page: '0' }, { per_page: 'x' }])(
    '%j: 400',
    async (params) => {
      const response = await app.fetch(`${path}?${query(params as unknown as Record<string, string>)}`);
      expect([response.status, await response.json()]).toMatchObject([400, { error: {} }]);
    },
  );
});

it('a user with several roles cannot be sorted by them: 400', async () => {
  expect((await app.fetch(`/api/v2/users?${query({ order: 'role ASC' })}`)).status).toBe(400);
});

it.each([
  ['/api/v2/users/admin', { login: 'admin' }],
  ['/api/v2/users/ADMIN', { login: 'admin' }],
  ['/api/v2/roles/Ovirt', { name: 'Ovirt' }],
  ['/api/v2/roles/ovirt', { name: 'Ovirt' }],
  ['/api/v2/compute_resources/other', { name: 'other' }],
  ['/users/admin/edit?format=json', { login: 'admin' }],
  ['/roles/Ovirt/edit?format=json', { name: 'Ovirt' }],
])('%s is found by name', async (path, body) => {
  const response = await app.fetch(path);
  expect([response.status, await response.json()]).toMatchObject([200, body]);
});

it.each(['users', 'roles', 'compute_resources'])(
  '/api/v2/%s/nobody is 404 and says what was looked for',
  async (list) => {
    const response = await app.fetch(`/api/v2/${list}/nobody`);
    const resource = list.replace(/s$/, '');
    const message = `Resource ${resource} not found by id 'nobody'`;
    expect([response.status, await response.json()]).toMatchObject([404, { error: { message } }]);
  },
);
