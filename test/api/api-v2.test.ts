import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { basic, startApp, type RunningApp } from '../support/app';

type Json = Record<string, unknown>;
interface Page<T> {
  total: number;
  subtotal: number;
  page: number;
  per_page: number;
  search: string | null;
  sort: Json;
  results: T;
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const recorded = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, '../fixtures', `${name}.json`), 'utf8')) as { path: string; body: Json };

describe('API v2', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
    for (const [host, minutes, status] of [
      ['db1.example.com', 5, { failed: 2 }],
      ['db2.example.com', 5, { applied: 3 }],
      ['web1.example.com', 5, {}],
      ['web2.example.com', 600, { applied: 1 }],
      ['web3.example.com', 5, { applied: 1, pending: 1 }],
    ] as const)
      await app.post('/api/v2/config_reports', {
        config_report: { host, reported_at: minutesAgo(minutes), status, metrics: { time: { total: 3 } }, logs: [] },
      });
    await app.post('/api/v2/hosts/facts', {
      name: 'idle.example.com',
      facts: { a: '1', b: '2', c: '3', os: { name: 'Rocky' } },
    });
    await app.fetch('/api/v2/hosts/web3.example.com', {
      method: 'PUT',
      body: JSON.stringify({ enabled: false }),
      headers: { 'content-type': 'application/json' },
    });
  });
  afterAll(() => app.close());

  const get = async <T = Json>(path: string, status = 200): Promise<T> => {
    const response = await app.fetch(path);
    expect([path, response.status]).toEqual([path, status]);
    return (await response.json()) as T;
  };
  const hosts = (query: string) => get<Page<{ id: number; name: string }[]>>(`/api/v2/hosts?${query}`);
  const names = async (query: string) => (await hosts(query)).results.map(({ name }) => name.split('.')[0]);

  it('hosts: the wrapper names totals, page, search and sort', async () => {
    const { results, ...wrapper } = await hosts('search=name+~+web&order=name+desc&page=2&per_page=2');
    expect(wrapper).toEqual({
      total: 6,
      subtotal: 3,
      page: 2,
      per_page: 2,
      search: 'name ~ web',
      sort: { by: 'name', order: 'DESC' },
    });
    expect(results.map(({ name }) => name)).toEqual(['web1.example.com']);
  });

  it('hosts: without search and order they come by name, and both say null', async () => {
    expect(await hosts('')).toMatchObject({
      total: 6,
      subtotal: 6,
      per_page: 20,
      search: null,
      sort: { by: null, order: null },
    });
    expect(await names('')).toEqual(['db1', 'db2', 'idle', 'web1', 'web2', 'web3']);
  });

  it.each([
    ['per_page=2&page=4', []],
    ['per_page=all', ['db1', 'db2', 'idle', 'web1', 'web2', 'web3']],
    ['per_page=99999999&page=999999999999', []],
    ['order=last_report+ASC&per_page=2', ['idle', 'web2']],
    ['search=status.failed+%3E+0', ['db1']],
    ['search=not+has+last_report', ['idle']],
  ])('hosts: %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('hosts: thin gives ids and names alone, include adds parameters, include_permissions what may be done', async () => {
    const [thin] = (await hosts('thin=true&per_page=1')).results;
    expect(thin).toEqual({ id: expect.any(Number) as number, name: 'db1.example.com' });
    expect((await hosts('include[]=parameters&include[]=all_parameters&per_page=1')).results[0]).toMatchObject({
      parameters: [],
      all_parameters: [],
    });
    expect(await hosts('include_permissions=1&per_page=1')).toMatchObject({ can_create: false, can_edit: true });
    expect((await hosts('include[]=passwords&per_page=1')).results[0]).not.toHaveProperty('passwords');
  });

  it('a parameter left empty is as if it were absent', async () => {
    expect(await hosts('page=&per_page=&order=&search=&thin=&include=&include_permissions=')).toEqual(await hosts(''));
    expect(await get('/api/v2/config_reports?page=&per_page=&order=')).toEqual(await get('/api/v2/config_reports'));
  });

  it.each([
    ['per_page=x', 'per_page must be a whole number from 1, or all'],
    ['per_page=1.5', 'per_page must be a whole number from 1, or all'],
    ['per_page=0', 'per_page must be a whole number from 1, or all'],
    ['page=two', 'page must be a whole number from 1'],
    ['thin=perhaps', 'thin must be true or false'],
  ])('hosts?%s is refused with the remedy', async (query, message) => {
    expect((await get<{ error: Json }>(`/api/v2/hosts?${query}`, 400)).error.message).toBe(message);
  });

  it.each([
    'hosts?order=colour',
    'hosts?order=name+sideways',
    'hosts?search=colour+%3D+red',
    'config_reports?order=os',
  ])("%s: the error has Foreman's class for searches", async (path) => {
    expect((await get<{ error: Json }>(`/api/v2/${path}`, 400)).error).toMatchObject({
      class: 'ScopedSearch::QueryNotSupported',
      full_messages: [expect.any(String)],
    });
  });

  it.each([
    ['POST', '/api/v2/config_reports'],
    ['POST', '/api/hosts/facts'],
    ['PUT', '/api/v2/hosts/db1.example.com'],
    ['POST', '/api/v2/users'],
  ])('%s %s: a body that is no JSON is told as Foreman does, with full_messages beside', async (method, path) => {
    const headers = { 'content-type': 'application/json' };
    const response = await app.fetch(path, { method, headers, body: '{"host": ' });
    const message = expect.stringMatching(/^There was a problem in the JSON you submitted: ./) as string;
    expect([response.status, await response.json()]).toEqual([
      400,
      { status: 400, error: message, full_messages: [message], request_id: expect.any(String) as string },
    ]);
  });

  it('filters beside the search narrow what there is, and find nothing where nothing is meant', async () => {
    const group = { host: { hostgroup: 'shop/db', comment: 'x' } };
    const headers = { 'content-type': 'application/json' };
    const put = await app.fetch('/api/v2/hosts/db1.example.com', {
      method: 'PUT',
      body: JSON.stringify(group),
      headers,
    });
    const { id, hostgroup_id: groupId } = (await put.json()) as { id: number; hostgroup_id: number };
    for (const query of [`hostgroup_id=${groupId}`, 'hostgroup_id=shop/db', 'hostgroup_id=db'])
      expect([query, await names(query)]).toEqual([query, ['db1']]);
    expect(await hosts(`hostgroup_id=${groupId}&search=name+~+web`)).toMatchObject({ total: 1, subtotal: 0 });
    for (const query of ['hostgroup_id=99', 'hostgroup_id=nowhere', 'environment_id=99', 'environment_id=x'])
      expect([query, await names(query)]).toEqual([query, []]);
    for (const key of [groupId, 'db', 'shop%2Fdb'])
      expect(await get(`/api/hostgroups/${key}/hosts?thin=1`)).toMatchObject({
        total: 1,
        results: [{ name: 'db1.example.com' }],
      });
    expect(await get('/api/v2/hostgroups/99/hosts', 404)).toMatchObject({
      error: { full_messages: ["Resource hostgroup not found by id '99'"] },
    });
    for (const key of [id, 'db1.example.com', 'DB1.example.com']) {
      const { total, results } = await get<Page<{ host_name: string }[]>>(`/api/v2/config_reports?host_id=${key}`);
      expect([key, total, results.map((report) => report.host_name)]).toEqual([key, 1, ['db1.example.com']]);
    }
    const idle = (await hosts('search=name+~+idle')).results[0]?.id;
    expect(Object.keys((await get<Page<Json>>(`/api/v2/fact_values?host_id=${idle}`)).results)).toEqual([
      'idle.example.com',
    ]);
    for (const path of ['config_reports?host_id=9999', 'fact_values?host_id=9999', 'fact_values?host_id=nobody'])
      expect([path, (await get<Page<Json>>(`/api/v2/${path}`)).total]).toEqual([path, 0]);
    expect(await get('/fact_values?format=json&host_id=9999')).toEqual({});
    expect(await get('/reports?format=json&host_id=9999')).toEqual([]);
    await app.fetch('/api/v2/hosts/db1.example.com', { method: 'PUT', body: '{"hostgroup_id":null}', headers });
  });

  it('organizations and locations, of which there are none, narrow nothing: hammer sends its defaults everywhere', async () => {
    expect(await names('organization_id=1&location_id=2')).toHaveLength(6);
  });

  it('facts are sorted as asked, and an order that is not understood is refused', async () => {
    const facts = async (order: string) => {
      const { sort, results } = await get<Page<Record<string, Json>>>(
        `/api/v2/hosts/idle.example.com/facts?per_page=2&order=${order}`,
      );
      return [sort, Object.keys(results['idle.example.com'] ?? {})];
    };
    expect(await facts('fact+DESC')).toEqual([{ by: 'fact', order: 'DESC' }, ['os::name', 'c']]);
    expect(await facts('fact')).toEqual([{ by: 'fact', order: 'ASC' }, ['a', 'b']]);
    for (const path of ['fact_values', 'hosts/idle.example.com/facts'])
      for (const order of ['garbage+foo', 'garbage', 'fact+sideways'])
        expect(await get(`/api/v2/${path}?order=${order}`, 400)).toMatchObject({
          error: { class: expect.any(String) as string },
        });
  });

  it('hosts: the same without /v2', async () => {
    expect(await get('/api/hosts?thin=1')).toEqual(await get('/api/v2/hosts?thin=1'));
  });

  it('paging through all hosts meets each once', async () => {
    const seen: string[] = [];
    for (let page = 1; ; page++) {
      const { results } = await hosts(`per_page=2&page=${page}&order=origin+ASC`);
      if (results.length === 0) break;
      seen.push(...results.map(({ name }) => name));
    }
    expect(seen.sort()).toEqual((await hosts('')).results.map(({ name }) => name));
  });

  it.each([
    ['global', 'db1.example.com', { status: 2, status_label: 'Error' }],
    ['configuration', 'db1.example.com', { status: 2 * 2 ** 20, status_label: 'Error' }],
    ['build', 'db1.example.com', { status: 0, status_label: 'Installed' }],
    ['global', 'web2.example.com', { status: 1, status_label: 'Warning' }],
  ])('status %s of %s', async (type, host, expected) => {
    expect(await get(`/api/v2/hosts/${host}/status/${type}`)).toEqual(expected);
  });

  it('a packed status beyond 2^53 is written exactly', async () => {
    await app.post('/api/v2/config_reports', {
      config_report: {
        host: 'db1.example.com',
        reported_at: minutesAgo(4),
        status: { applied: 1, failed: 2, pending: 9 },
      },
    });
    const text = await (await app.fetch('/api/v2/hosts/db1.example.com/status/configuration')).text();
    expect(text).toContain(String((9n << 50n) | (2n << 20n) | 1n));
    const { results } = await get<Page<{ id: number }[]>>('/api/v2/hosts/db1.example.com/config_reports');
    await app.fetch(`/api/v2/config_reports/${results[0]?.id}`, { method: 'DELETE' });
  });

  it("an unknown status, an unknown host's facts and reports are 404", async () => {
    for (const path of [
      'db1.example.com/status/power',
      'nobody/facts',
      'nobody/config_reports',
      'nobody/config_reports/last',
      'idle.example.com/config_reports/last',
    ])
      expect([path, (await app.fetch(`/api/v2/hosts/${path}`)).status]).toEqual([path, 404]);
  });

  it('facts: page after page until results are empty gives each once, as the inventory plugin reads', async () => {
    const facts: Json = {};
    let pages = 0;
    for (let page = 1; ; page++) {
      const { results, subtotal } = await get<Page<Record<string, Json>>>(
        `/api/v2/hosts/idle.example.com/facts?per_page=2&page=${page}`,
      );
      expect(subtotal).toBe(4);
      if (Object.keys(results).length === 0) break;
      Object.assign(facts, results['idle.example.com']);
      pages++;
    }
    expect([pages, facts]).toEqual([2, { a: '1', b: '2', c: '3', 'os::name': 'Rocky' }]);
    expect(await get('/api/v2/fact_values?per_page=1000')).toMatchObject({ results: { 'idle.example.com': facts } });
    expect(await get('/api/v2/fact_values?search=fact+%3D+b+and+host+%3D+idle.example.com')).toMatchObject({
      total: 4,
      subtotal: 1,
      results: { 'idle.example.com': { b: '2' } },
    });
  });

  it('reports: listed newest first, searched, and shown with log lines in shape', async () => {
    const { path, body } = recorded('puppet-report-mixed');
    const { id } = (await (await app.post(path, body)).json()) as { id: number };
    const list = (search: string) =>
      get<Page<{ host_name: string }[]>>(`/api/v2/config_reports?search=${encodeURIComponent(search)}`);
    expect((await list('host = db2.example.com')).results).toEqual([
      expect.objectContaining({
        host_name: 'db2.example.com',
        origin: 'Unknown',
        status: { applied: 3, restarted: 0, failed: 0, failed_restarts: 0, skipped: 0, pending: 0 },
        metrics: { time: { total: 3 } },
      }),
    ]);
    expect((await list('eventful = false')).results.map(({ host_name }) => host_name)).toEqual(['web1.example.com']);
    expect((await list('last_report = true and origin = Unknown')).subtotal).toBe(5);
    const older = await list('last_report = false');
    expect(older.subtotal + (await list('last_report = true')).subtotal).toBe(older.total);
    expect((await list('failed > 0 and reported > "1 hour ago"')).results.map(({ host_name }) => host_name)).toEqual([
      'db1.example.com',
    ]);
    const shown = await get(`/api/v2/config_reports/${id}`);
    expect(shown).toMatchObject({ id, origin: 'Puppet', summary: 'Failed' });
    expect((shown.logs as Json[])[0]).toEqual({
      source: { source: expect.any(String) as string },
      message: { message: expect.any(String) as string },
      level: expect.any(String) as string,
    });
  });

  it('reports: of a host, its last, and the last of all', async () => {
    await app.post('/api/v2/config_reports', {
      config_report: { host: 'two.example.com', reported_at: minutesAgo(30), status: {} },
    });
    const newest = await app.post('/api/v2/config_reports', {
      config_report: { host: 'two.example.com', reported_at: minutesAgo(0), status: { applied: 7 } },
    });
    const { id } = (await newest.json()) as { id: number };
    expect(await get('/api/v2/hosts/two.example.com/config_reports')).toMatchObject({ total: 2, subtotal: 2 });
    expect(await get('/api/v2/hosts/two.example.com/config_reports?search=applied+%3D+7')).toMatchObject({
      total: 2,
      subtotal: 1,
    });
    expect(await get('/api/v2/hosts/two.example.com/config_reports/last')).toMatchObject({ id });
    expect(await get('/api/v2/config_reports/last')).toMatchObject({ id });
  });

  it('deleting the newest report gives the host the status of the one before; deleting that, none', async () => {
    const ids: number[] = [];
    for (const [minutes, status] of [
      [9, { applied: 1 }],
      [3, { failed: 1 }],
    ] as const) {
      const body = { config_report: { host: 'undo.example.com', reported_at: minutesAgo(minutes), status } };
      ids.push(((await (await app.post('/api/v2/config_reports', body)).json()) as { id: number }).id);
    }
    const label = async () => (await get('/api/v2/hosts/undo.example.com')).configuration_status_label;
    expect(await label()).toBe('Error');
    expect((await app.fetch(`/api/v2/config_reports/${ids[1]}`, { method: 'DELETE' })).status).toBe(200);
    expect(await label()).toBe('Active');
    await app.fetch(`/api/v2/config_reports/${ids[0]}`, { method: 'DELETE' });
    expect(await get('/api/v2/hosts/undo.example.com')).toMatchObject({
      configuration_status_label: 'No reports',
      last_report: null,
      origin: null,
    });
    expect((await app.fetch(`/api/v2/config_reports/${ids[0]}`, { method: 'DELETE' })).status).toBe(404);
  });

  it("dashboard: each of Foreman's 17 figures, with a glossary of the same names", async () => {
    const { glossary, ...figures } = await get<Json & { glossary: Json }>(
      '/api/v2/dashboard?search=name+~+example.com+and+name+!~+two+and+name+!~+undo',
    );
    expect(figures).toEqual({
      total_hosts: 6,
      bad_hosts: 1,
      bad_hosts_enabled: 1,
      active_hosts: 2,
      active_hosts_ok: 2,
      active_hosts_ok_enabled: 1,
      ok_hosts: 1,
      ok_hosts_enabled: 1,
      out_of_sync_hosts: 1,
      out_of_sync_hosts_enabled: 1,
      disabled_hosts: 1,
      pending_hosts: 1,
      pending_hosts_enabled: 0,
      reports_missing: 1,
      good_hosts: 3,
      good_hosts_enabled: 2,
      percentage: 16,
    });
    expect(Object.keys(glossary).sort()).toEqual(Object.keys(figures).sort());
    expect((await app.fetch('/api/v2/dashboard?search=x+%3D')).status).toBe(400);
  });

  it("oVirt's Foreman provider: the index, a version it can compare, full_messages on refusal", async () => {
    const index = await get<{ links: Record<string, Json> }>('/api/v2');
    expect(index.links.hosts).toMatchObject({ 'List hosts': '/foreman/api/v2/hosts' });
    const status = await get('/api/v2/status');
    expect(status).toMatchObject({ result: 'ok', status: 200, api_version: 2 });
    expect(status.version).toMatch(/^3\.\d+\.\d+$/);
    const refused = await app.anonymous('/api/v2', { headers: { authorization: basic('admin', 'wrong') } });
    expect([refused.status, await refused.json()]).toEqual([
      401,
      {
        error: expect.objectContaining({
          message: 'Unable to authenticate user admin',
          full_messages: ['Unable to authenticate user admin'],
        }) as Json,
      },
    ]);
  });

  it('ping needs no credentials, status does; every answer names both versions', async () => {
    expect(await (await app.anonymous('/api/v2/ping')).json()).toMatchObject({
      results: { foreman: { database: { active: true } } },
    });
    const status = await app.anonymous('/api/v2/status');
    expect(status.status).toBe(401);
    const told = ['version', 'api_version', 'current_organization', 'current_location'];
    expect(told.map((name) => status.headers.get(`foreman_${name}`))).toEqual([
      expect.stringMatching(/^3\./) as string,
      '2',
      '; ANY',
      '; ANY',
    ]);
    expect((await app.fetch('/hosts')).headers.get('foreman_version')).toBeNull();
  });
});
