import { BookmarkStore } from '../../src/bookmarks/bookmark.store';
import { ADMIN, startApp, type RunningApp } from '../support/app';

interface Completion {
  label: string;
  part: string;
  completed: string;
  category: string;
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('the search of the host list', () => {
  let app: RunningApp;
  let cookie: string;
  beforeAll(async () => {
    app = await startApp();
    for (const [name, os, minutes, status] of [
      ['old.example.com', 'CentOS', 60 * 72, { failed: 1 }],
      ['bad.example.com', 'CentOS', 60 * 30, { failed: 1 }],
      ['good.example.com', 'CentOS', 5, {}],
      ['deb.example.com', 'Debian', 5, { failed: 1 }],
    ] as const) {
      await app.post('/api/v2/hosts/facts', {
        name,
        facts: { os: { name: os, release: { full: '7.9' } }, foreman_hostgroup: 'web/a b', role: 'x_1' },
      });
      await app.post('/api/v2/config_reports', {
        config_report: { host: name, reported_at: minutesAgo(minutes), status },
      });
    }
    const body = new URLSearchParams({ 'login[login]': ADMIN.login, 'login[password]': ADMIN.password });
    const response = await app.anonymous('/users/login', { method: 'POST', body });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  });
  afterAll(() => app.close());

  const page = async (search: string) =>
    (
      await app.anonymous(`/hosts?search=${encodeURIComponent(search)}`, { headers: { cookie, accept: 'text/html' } })
    ).text();
  const complete = async (search: string) => {
    const response = await app.fetch(`/hosts/auto_complete_search?search=${encodeURIComponent(search)}`);
    expect(response.status).toBe(200);
    return (await response.json()) as Completion[];
  };
  const linkOf = (html: string, label: string) =>
    new RegExp(`<a href="([^"]+)"[^>]*>${label}</a>`)
      .exec(html)?.[1]
      ?.replaceAll('&amp;', '&')
      .replaceAll('&#x3D;', '=')
      .replace('/foreman', '') ?? `no ${label}`;

  it('filters alone lead to all CentOS hosts that failed in the last two days', async () => {
    let html = await page('');
    for (const label of ['CentOS', 'Failed', 'In the last 2 days']) {
      const next = linkOf(html, label);
      html = await (await app.anonymous(next, { headers: { cookie, accept: 'text/html' } })).text();
    }
    expect([...html.matchAll(/role="rowheader"><a [^>]*>([^<]+)/g)].map(([, name]) => name)).toEqual([
      'bad.example.com',
    ]);
    expect(html).toMatch(/name="search"[^>]* value="os &#x3D; CentOS and /);
  });

  it.each<[string, string[]]>([
    ['na', ['name']],
    ['name ', ['name =', 'name ~']],
    ['os = ', ['os = CentOS', 'os = Debian']],
    ['os = cent', ['os = CentOS']],
    ['cent', ['os = CentOS']],
    ['status.failed > ', ['status.failed > 0']],
    ['os = CentOS and fail', ['os = CentOS and status.failed']],
    ['last_report > "2 d', ['last_report > "2 days ago"']],
    ['name = b', ['name = bad.example.com', 'name = deb.example.com']],
    ['hostgroup_title = ', ['hostgroup_title = "web/a b"']],
    ['facts.ro', ['facts.role']],
    ['facts.role = ', ['facts.role = x_1']],
    ['facts.role = _', ['facts.role = x_1']],
    ['origin = ', ['origin = Unknown']],
    ['os = CentOS ', ['os = CentOS and', 'os = CentOS or']],
  ])('completion of %p', async (search, expected) => {
    const labels = (await complete(search)).map(({ label }) => label.trim());
    expect(expected.filter((label) => !labels.includes(label))).toEqual([]);
  });

  it('completion takes wildcards for what they are, no pattern', async () => {
    expect(await complete('facts.role = %')).toEqual([]);
  });

  it('completion offers 20 values at most, in Foreman’s shape, and tells of a fault', async () => {
    for (let i = 0; i < 25; i++) await app.post('/api/v2/hosts/facts', { name: `many${i}`, facts: { a: '1' } });
    const found = await complete('name = many');
    expect(found).toHaveLength(20);
    expect(found[0]).toEqual({ completed: '', part: 'name = many0', label: 'name = many0', category: '' });
    expect(await complete(`nonsense = `)).toEqual([{ error: expect.stringContaining('nonsense') as string }]);
  });

  it('a fault is shown in its place, with status 400', async () => {
    const response = await app.fetch('/hosts?search=name+%3D+a+and+colour+%3D+b', { headers: { accept: 'text/html' } });
    const html = await response.text();
    expect(response.status).toBe(400);
    expect(html).toContain('name &#x3D; a and <mark>colour</mark>');
    expect(html).toContain('data-fault-start="13" data-fault-end="19"');
  });

  it('a bad order is told as such, with the search kept', async () => {
    const response = await app.fetch('/hosts?search=os+%3D+CentOS&order=colour', { headers: { accept: 'text/html' } });
    const html = await response.text();
    expect(response.status).toBe(400);
    expect(html).not.toMatch(/aria-invalid|search-fault/);
    expect(html).toContain('the field &#x27;colour&#x27; in the order statement');
    expect((await app.fetch(linkOf(html, 'Sort by name'), { headers: { accept: 'text/html' } })).status).toBe(200);
  });

  it('a host leads back to the list that it was opened from', async () => {
    const address = '/hosts?search=os+%3D+CentOS&order=status.failed+DESC&page=2&per_page=1';
    const open = async (path: string) => (await app.fetch(path, { headers: { accept: 'text/html' } })).text();
    const [, name = ''] = /role="rowheader"><a [^>]*>([^<]+)/.exec(await open(address)) ?? [];
    expect(linkOf(await open(linkOf(await open(address), name)), 'Hosts')).toBe(address);
  });

  describe('saved searches', () => {
    const token = async () => /name="authenticity_token" value="([^"]+)"/.exec(await page('web'))?.[1] ?? '';
    const post = async (path: string, fields: Record<string, string>) =>
      app.anonymous(path, {
        method: 'POST',
        headers: { cookie, origin: app.origin, accept: 'text/html' },
        body: new URLSearchParams({ ...fields, authenticity_token: await token() }),
      });

    it('are saved, offered with their query, replaced under the same name, and deleted', async () => {
      const saved = await post('/bookmarks', { name: 'Broken <b>', query: 'status.failed > 0', public: 'true' });
      expect([saved.status, saved.headers.get('location')]).toEqual([
        303,
        '/foreman/hosts?search=status.failed%20%3E%200',
      ]);
      await post('/bookmarks', { name: 'Broken <b>', query: 'status.failed > 1' });
      const html = await page('');
      expect(html).toContain('title="status.failed &gt; 1">Broken &lt;b&gt;</a>');
      expect(html).not.toContain('title="status.failed &gt; 0"');
      const remove = /action="\/foreman(\/bookmarks\/\d+\/delete)"/.exec(html)?.[1] ?? '';
      expect((await post(remove, {})).status).toBe(303);
      expect(await page('')).not.toContain('Broken');
      expect((await post(remove, {})).status).toBe(404);
    });

    it.each([
      [{ name: '', query: 'a' }, 422],
      [{ name: 'x', query: '' }, 422],
      [{ name: 'x', query: 'name =' }, 400],
      [{ name: 'x', query: '('.repeat(4_000) }, 400],
      [{ name: 'x', query: '('.repeat(10_000) }, 422],
      [{ name: 'x', query: 'name = "\u0001"' }, 400],
      [{ name: 'x'.repeat(101), query: 'a' }, 422],
    ])('%j is refused', async (fields, status) => {
      expect((await post('/bookmarks', fields)).status).toBe(status);
      expect(await page('')).toContain('No searches saved yet.');
    });

    it('the own ones are shown, however many others have published', async () => {
      const user = { login: 'publisher', password: 'a-good-password' };
      const { id } = (await (await app.post('/api/v2/users', { user })).json()) as { id: number };
      const bookmarks = app.app.get(BookmarkStore);
      for (let n = 0; n < 100; n++) await bookmarks.save(id, { name: `a${n}`, query: 'web', public: true });
      await post('/bookmarks', { name: 'Own one', query: 'deb' });
      expect(await page('')).toContain('Own one');
      await app.fetch(`/api/v2/users/${id}`, { method: 'DELETE' });
    });

    it('without the form token nothing is saved', async () => {
      const body = new URLSearchParams({ name: 'x', query: 'a' });
      const headers = { cookie, origin: app.origin };
      expect((await app.anonymous('/bookmarks', { method: 'POST', headers, body })).status).toBe(403);
    });
  });
});
