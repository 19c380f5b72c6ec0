import { startApp, type RunningApp } from '../support/app';

type Json = Record<string, unknown>;
const UUID = '58ad9d2d-013a-4a4a-818f-0000000002ff';
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('the JSON of Foreman 1.1', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
    for (const [name, uuid, minutes] of [
      ['a-old.example.com', UUID, 50],
      ['z-new.example.com', UUID.toUpperCase(), 5],
      ['m-silent.example.com', UUID, null],
      ['myvm', '', 1],
      ['other.example.com', '', 2],
    ] as const) {
      await app.post('/api/v2/hosts/facts', { name, facts: { dmi: { product: { uuid } }, kernel: 'Linux' } });
      if (minutes === null) continue;
      await app.post('/api/v2/config_reports', {
        config_report: {
          host: name,
          reported_at: minutesAgo(minutes),
          status: { failed: 1 },
          logs: [{ log: { level: 'err', sources: { source: 's' }, messages: { message: 'm' } } }],
        },
      });
    }
  });
  afterAll(() => app.close());

  const get = async <T = Json>(path: string): Promise<T> => {
    const response = await app.fetch(path, { headers: { accept: 'application/json' } });
    expect([path, response.status]).toEqual([path, 200]);
    return (await response.json()) as T;
  };

  it("the plugin's question: by uuid first, of those the last heard from first, then by name", async () => {
    const found = await get<{ host: Json }[]>(`/hosts?&search=uuid%3D${UUID}+or+name%3Dmyvm&format=json`);
    expect(found.map(({ host }) => host.name)).toEqual([
      'z-new.example.com',
      'a-old.example.com',
      'm-silent.example.com',
      'myvm',
    ]);
    expect(found[0]).toEqual({
      host: {
        id: expect.any(Number) as number,
        name: 'z-new.example.com',
        hostgroup_id: null,
        operatingsystem_id: null,
        uuid: UUID,
      },
    });
  });

  it('a list of uuids: those that match by uuid first, too', async () => {
    const found = await get<{ host: Json }[]>(`/hosts?search=name%3Dmyvm+or+uuid+%5E+(${UUID}%2C+x)&format=json`);
    expect(found[0]?.host.name).toBe('z-new.example.com');
    expect(found.at(-1)?.host.name).toBe('myvm');
  });

  it('a question not understood is 400 with the message and its place, never all hosts', async () => {
    const response = await app.fetch('/hosts?&search=uuid%3D+or+name%3D&format=json');
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: expect.objectContaining({
          message: expect.any(String) as string,
          full_messages: [expect.any(String)],
          position: { start: expect.any(Number) as number, end: expect.any(Number) as number },
        }) as Json,
      },
    ]);
  });

  it('a host, its status and its facts', async () => {
    const { host } = await get<{ host: Json }>('/hosts/myvm?format=json');
    expect(host).toMatchObject({ name: 'myvm', host_parameters: [], interfaces: [] });
    expect(host).not.toHaveProperty('root_pass');
    const columns = [
      ...['environment', 'last_compile', 'last_freshcheck', 'source_file_id', 'serial', 'domain_id', 'architecture_id'],
      ...['operatingsystem_id', 'environment_id', 'subnet_id', 'ptable_id', 'medium_id', 'comment', 'disk', 'model_id'],
      ...['installed_at', 'hostgroup_id', 'owner_id', 'owner_type', 'puppet_ca_proxy_id', 'use_image', 'image_file'],
      ...['compute_resource_id', 'puppet_proxy_id', 'image_id', 'organization_id', 'location_id', 'ip', 'mac', 'uuid'],
    ];
    expect(columns.filter((name) => host[name] !== null)).toEqual([]);
    const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
    for (const name of ['last_report', 'created_at', 'updated_at']) expect(host[name]).toMatch(instant);
    expect(await get('/hosts/myvm/status')).toEqual({ status: 'Error' });
    expect(await get('/hosts/myvm/facts?format=json')).toEqual({ myvm: { kernel: 'Linux' } });
    expect(Object.keys(await get('/fact_values?format=json')).sort()).toHaveLength(5);
  });

  it('reports: all, of a host, its last, and one', async () => {
    const all = await get<{ report: Json }[]>('/reports?format=json&per_page=2');
    expect(all.map(({ report }) => report.host)).toEqual(['myvm', 'other.example.com']);
    expect(all[0]?.report.reported_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(await get('/hosts/myvm/reports?format=json')).toEqual([all[0]]);
    const last = await get<{ report: Json }>('/hosts/myvm/reports/last?format=json');
    expect(last.report).toEqual({
      ...all[0]?.report,
      logs: [{ log: { level: 'err', messages: { message: 'm' }, sources: { source: 's' } } }],
    });
    expect(last.report).toMatchObject({ summary: 'Failed', status: { failed: 1 } });
    expect(await get(`/reports/${String(last.report.id)}?format=json`)).toEqual(last);
  });

  it('dashboard and status: the figures unwrapped, and the state for everybody', async () => {
    expect(await get('/dashboard?format=json')).toMatchObject({
      total_hosts: 5,
      bad_hosts: 3,
      out_of_sync_hosts: 1,
      reports_missing: 1,
    });
    for (const path of ['/dashboard', '/dashboard/ovirt']) {
      const refused = await app.fetch(`${path}?format=json&search=colour+%3D+red`);
      expect([refused.status, await refused.json()]).toEqual([
        400,
        { error: expect.objectContaining({ message: expect.stringContaining('colour') as string }) as Json },
      ]);
    }
    for (const path of ['/status', '/status.json', '/status?format=json'])
      expect(await (await app.anonymous(path)).json()).toMatchObject({ result: 'ok', status: 200 });
  });

  it('people are led from these addresses to the pages', async () => {
    const html = { headers: { accept: 'text/html' } };
    const to = async (path: string) => (await app.fetch(path, html)).headers.get('location');
    expect([
      await to('/hosts/myvm'),
      await to('/dashboard?search=a'),
      (await app.fetch('/hosts/nobody', html)).status,
    ]).toEqual(['/foreman/hosts/myvm/ovirt', '/foreman/dashboard/ovirt?search=a', 404]);
  });
});
