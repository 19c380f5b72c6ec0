import { startApp, type RunningApp } from '../support/app';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('pages', () => {
  let app: RunningApp;
  const report = (host: string, minutes: number, status: object, more: object = {}) =>
    app.post('/api/config_reports', {
      config_report: { host, reported_at: minutesAgo(minutes), status, logs: [], ...more },
    });
  beforeAll(async () => {
    app = await startApp({ REPORT_INTERVAL_MINUTES: '30,ansible=1440' });
    await report('active.example.com', 1, { applied: 2 });
    await report('error.example.com', 1, { failed: 1, applied: 2 });
    await report('fresh.example.com', 34, {});
    await report('pending.example.com', 1, { pending: 3 });
    await report('silent.example.com', 36, {});
    await report('daily.example.com', 600, {}, { reporter: 'ansible' });
    await app.post('/api/hosts/facts', { name: 'never.example.com', facts: { a: 1 } });
    await report('off.example.com', 1, { failed: 9 });
    await app.fetch('/api/v2/hosts/off.example.com', {
      method: 'PUT',
      body: '{"host":{"enabled":false}}',
      headers: { 'content-type': 'application/json' },
    });
  });
  afterAll(() => app.close());

  const json = async <T>(path: string) => (await (await app.fetch(path)).json()) as T;
  interface Dashboard {
    total_hosts: number;
    rows: { key: string; search: string; count: number }[];
    distribution: { bins: { reports: number }[] };
    events: { host_name: string }[];
  }

  it('each figure of the dashboard is the number of hosts its own link finds', async () => {
    const { rows, total_hosts: totalHosts } = await json<Dashboard>('/dashboard/ovirt?format=json');
    expect(Object.fromEntries(rows.map(({ key, count }) => [key, count]))).toEqual({
      active: 1,
      error: 1,
      ok: 2,
      pending: 1,
      out_of_sync: 1,
      no_reports: 1,
      disabled: 1,
    });
    expect(totalHosts).toBe(8);
    const html = await (await app.fetch('/dashboard/ovirt', { headers: { accept: 'text/html' } })).text();
    for (const { search } of rows)
      expect(html.replaceAll('&#x3D;', '=')).toContain(`/foreman/hosts?search=${encodeURIComponent(search)}`);
    for (const { search, count } of rows)
      expect([
        search,
        (await json<unknown[]>(`/hosts?format=json&search=${encodeURIComponent(search)}`)).length,
      ]).toEqual([search, count]);
  });

  it('the dashboard narrowed by a search that holds an `or` counts only what that search finds', async () => {
    const filter = encodeURIComponent('name = active.example.com or name = never.example.com');
    const { total_hosts: totalHosts, rows } = await json<Dashboard>(`/dashboard/ovirt?format=json&search=${filter}`);
    expect([totalHosts, rows.map(({ count }) => count)]).toEqual([2, [1, 0, 0, 0, 0, 1, 0]]);
  });

  it('run distribution and latest events: reports of the last interval, eventful ones newest first', async () => {
    const { distribution, events } = await json<Dashboard>(
      '/dashboard/ovirt?format=json&search=name%20~%20.example.com',
    );
    expect(distribution.bins.map(({ reports }) => reports)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
    expect(events.map(({ host_name: name }) => name).sort()).toEqual([
      'active.example.com',
      'error.example.com',
      'off.example.com',
      'pending.example.com',
    ]);
  });

  it.each([
    ['Alerts disabled', 'off.example.com'],
    ['No reports', 'never.example.com'],
    ['Out of sync', 'silent.example.com'],
    ['Error', 'error.example.com'],
    ['Active', 'active.example.com'],
    ['Pending', 'pending.example.com'],
    ['No changes', 'fresh.example.com'],
    ['No changes', 'daily.example.com'],
  ])('a host page says %s', async (label, host) => {
    expect(await (await app.fetch(`/hosts/${host}/ovirt`, { headers: { accept: 'text/html' } })).text()).toContain(
      label,
    );
  });

  it('an unknown host is a 404 page that names it; so are its graphs and an unknown report', async () => {
    for (const path of ['/hosts/nobody.example.com/ovirt', '/hosts/nobody.example.com/graphs/ovirt']) {
      const response = await app.fetch(path, { headers: { accept: 'text/html' } });
      expect([response.status, await response.text()]).toEqual([
        404,
        expect.stringContaining('nobody.example.com') as string,
      ]);
    }
    expect((await app.fetch('/reports/999999', { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  it.each(['abc', '0', '-1', '1.5', '366'])('range=%s is a 400 that says what is allowed', async (range) => {
    const response = await app.fetch(`/hosts/active.example.com/ovirt?range=${range}`, {
      headers: { accept: 'text/html' },
    });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('1 to 365') as string]);
  });

  it('a search that is not understood is a 400 that shows where, on the page and as JSON', async () => {
    const page = await app.fetch('/hosts?search=nmae%20%3D%20x', { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('nmae') as string]);
    const answer = await app.fetch('/hosts?search=nmae%20%3D%20x&format=json');
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ error: expect.objectContaining({ position: { start: 0, end: 4 } }) as object }),
    ]);
  });

  it('a report shows errors first', async () => {
    const line = (level: string, message: string) => ({
      log: { level, sources: { source: 'S' }, messages: { message } },
    });
    const stored = await app.post('/api/config_reports', {
      config_report: {
        host: 'active.example.com',
        reported_at: minutesAgo(90),
        status: {},
        logs: [line('notice', 'first notice'), line('err', 'the error')],
      },
    });
    const { id } = (await stored.json()) as { id: number };
    const page = await (await app.fetch(`/reports/${id}`, { headers: { accept: 'text/html' } })).text();
    expect(page.indexOf('the error')).toBeGreaterThan(0);
    expect(page.indexOf('the error')).toBeLessThan(page.indexOf('first notice'));
  });

  it('every page and JSON needs a reader', async () => {
    for (const path of [
      '/dashboard/ovirt',
      '/hosts',
      '/hosts/active.example.com/ovirt',
      '/reports/1',
      '/hosts?format=json',
    ])
      expect([path, (await app.anonymous(path)).status]).toEqual([path, 401]);
  });

  it('the policy allows nothing inline and nothing from elsewhere', async () => {
    const policy = (await app.fetch('/dashboard/ovirt')).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).not.toMatch(/unsafe|\*|http:/);
  });

  it('outside the base path only uploads and node documents are served', async () => {
    expect((await fetch(`${app.origin}/`, { redirect: 'manual' })).headers.get('location')).toBe('/foreman/');
    expect((await fetch(`${app.origin}/hosts`)).status).toBe(404);
  });
});
