import { basic, startApp, type RunningApp } from '../support/app';

type Json = Record<string, unknown>;

describe('one host over API v2', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
    await app.post('/api/v2/hosts/facts', {
      name: 'web1',
      certname: 'web1.example.com',
      facts: { ipaddress: '192.0.2.7', macaddress: '00:1a:4a:16:01:52', foreman_hostgroup: 'web' },
    });
  });
  afterAll(() => app.close());

  const json = async (response: Response) => (await response.json()) as Json;
  const show = async (key: string) => json(await app.fetch(`/api/v2/hosts/${key}`));
  const send = (method: string, path: string, body: unknown) =>
    app.fetch(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

  it('show finds it by name, certificate name and id, and never tells a root password', async () => {
    const host = await show('WEB1');
    expect(host).toMatchObject({
      name: 'web1',
      certname: 'web1.example.com',
      ip: '192.0.2.7',
      hostgroup_title: 'web',
      parameters: [],
      all_parameters: [],
      interfaces: [{ primary: true, ip: '192.0.2.7', mac: '00:1a:4a:16:01:52' }],
      permissions: { view_hosts: true, edit_hosts: true, destroy_hosts: true },
    });
    expect(await show('web1.example.com')).toEqual(host);
    expect(await show(String(host.id))).toEqual(host);
    expect(JSON.stringify(host)).not.toContain('root_pass');
  });

  it("has every name of Foreman's, those that nothing is kept for as null, false or empty", async () => {
    const host = await show('web1');
    const nothing = [
      ...['puppet_proxy', 'puppet_ca_proxy', 'realm', 'subnet', 'subnet6', 'ptable', 'medium', 'image'].flatMap(
        (name) => [`${name}_id`, `${name}_name`],
      ),
      ...['puppet_proxy', 'puppet_ca_proxy', 'sp_mac', 'sp_ip', 'sp_name', 'sp_subnet_id', 'pxe_loader', 'disk', 'ip6'],
      ...['initiated_at', 'installed_at', 'creator_id', 'creator', 'use_image', 'image_file', 'token'],
      ...['compute_profile_id', 'compute_profile_name', 'last_compile', 'owner_id', 'organization_id', 'location_name'],
    ];
    const listed = ((await json(await app.fetch('/api/v2/hosts'))).results as Json[])[0] ?? {};
    for (const each of [host, listed]) {
      expect(nothing.filter((name) => each[name] !== null)).toEqual([]);
      expect(each).toMatchObject({ bmc_available: false, tags: [] });
      expect(each).toMatchObject({ provision_method: 'build', capabilities: ['build'] }); // or Terraform replaces it
    }
    expect(listed).not.toHaveProperty('reported_data');
  });

  it('show tells what facts say of the machine', async () => {
    await app.post('/api/v2/hosts/facts', {
      name: 'machine.example.com',
      facts: {
        memory: { system: { total_bytes: 4294967296 } },
        processors: { count: 8, physicalcount: 2 },
        disks: { vda: { size_bytes: 10 }, vdb: { size_bytes: 5 } },
        dmi: { bios: { vendor: 'SeaBIOS', version: '1.16', release_date: '04/01/2014' } },
        is_virtual: true,
        kernelrelease: '5.14.0',
      },
    });
    expect((await show('machine.example.com')).reported_data).toEqual({
      boot_time: null,
      virtual: true,
      ram: 4096,
      sockets: 2,
      cores: 8,
      disks_total: 15,
      kernel_version: '5.14.0',
      bios_vendor: 'SeaBIOS',
      bios_release_date: '04/01/2014',
      bios_version: '1.16',
    });
    expect(await show('web1')).toMatchObject({ reported_data: { cores: null }, uptime_seconds: null });
  });

  it('an id is an id, whatever another host is called; pages go by name', async () => {
    const { id } = await show('web1');
    const called = String(id);
    await app.post('/api/v2/hosts/facts', { name: called, facts: { a: '1' } });
    expect(await show(called)).toMatchObject({ name: 'web1' });
    expect(Object.keys((await json(await app.fetch(`/api/v2/hosts/${called}/facts`))).results as Json)).toEqual([
      'web1',
    ]);
    expect(await json(await app.fetch(`/hosts/${called}?format=json`))).toMatchObject({ host: { name: called } });
    expect(await json(await send('PUT', `/api/v2/hosts/${called}`, { comment: 'by id' }))).toMatchObject({
      name: 'web1',
    });
    const { id: other } = await json(await app.fetch(`/hosts/${called}?format=json`)).then(({ host }) => host as Json);
    expect(await json(await app.fetch(`/api/v2/hosts/${String(other)}`, { method: 'DELETE' }))).toMatchObject({
      name: called,
    });
    expect(await show(called)).toMatchObject({ name: 'web1' });
  });

  it.each<[string, string, string, unknown, Json]>([
    ['wrapped', 'PUT', '/api/v2/hosts/web1', { host: { enabled: false } }, { enabled: false }],
    ['bare', 'PUT', '/api/hosts/web1', { enabled: true }, { enabled: true, configuration_status_label: 'No reports' }],
    ['a flag as text', 'PATCH', '/api/v2/hosts/web1', { host: { enabled: 'false' } }, { enabled: false }],
    ['a comment', 'PATCH', '/api/v2/hosts/web1', { comment: ' in rack 7 ' }, { comment: 'in rack 7', enabled: false }],
    ['no comment', 'PUT', '/api/v2/hosts/web1', { host: { comment: '' } }, { comment: null }],
    [
      'a hostgroup',
      'PUT',
      '/api/v2/hosts/web1',
      { hostgroup: 'db/main' },
      { hostgroup_title: 'db/main', hostgroup_name: 'main' },
    ],
    ['a hostgroup name', 'PUT', '/api/v2/hosts/web1', { host: { hostgroup_name: 'web' } }, { hostgroup_title: 'web' }],
    [
      'no hostgroup',
      'PUT',
      '/api/v2/hosts/web1',
      { host: { hostgroup_id: null } },
      { hostgroup_id: null, hostgroup_title: null },
    ],
    ['nothing known', 'PUT', '/api/v2/hosts/web1', { host: { root_pass: 'x', name: 'other' } }, { name: 'web1' }],
  ])('an edit with %s is stored', async (_, method, path, body, expected) => {
    const response = await send(method, path, body);
    expect([response.status, await json(response)]).toEqual([200, expect.objectContaining(expected)]);
    expect(await show('web1')).toMatchObject(expected);
  });

  it('a hostgroup is chosen by its id, and an unknown id is refused', async () => {
    const { hostgroup_id: id } = await json(await send('PUT', '/api/v2/hosts/web1', { hostgroup: 'web' }));
    await send('PUT', '/api/v2/hosts/web1', { hostgroup_id: null });
    expect(await json(await send('PUT', '/api/v2/hosts/web1', { hostgroup_id: id }))).toMatchObject({
      hostgroup_title: 'web',
    });
    const refused = await send('PUT', '/api/v2/hosts/web1', { hostgroup_id: 4711 });
    expect([refused.status, await json(refused)]).toEqual([
      422,
      { error: expect.objectContaining({ full_messages: ['Hostgroup id 4711 is not the id of a hostgroup'] }) as Json },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['an enabled that is neither true nor false', { enabled: 'perhaps' }, 'enabled'],
    ['a comment that is no text', { host: { comment: 7 } }, 'comment'],
    ['a body that is no object', [], 'base'],
  ])('%s is 422 naming it', async (_, body, field) => {
    const response = await send('PUT', '/api/v2/hosts/web1', body);
    expect([response.status, Object.keys(((await json(response)).error as { errors: Json }).errors)]).toEqual([
      422,
      [field],
    ]);
  });

  it('an unknown host is 404 for show, edit and delete', async () => {
    const error = { error: expect.objectContaining({ message: "Resource host not found by id 'nobody'" }) as Json };
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await app.fetch('/api/v2/hosts/nobody', {
        method,
        ...(method === 'PUT' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}),
      });
      expect([method, response.status, await json(response)]).toEqual([method, 404, error]);
    }
  });

  it('delete takes facts and reports along and answers the host', async () => {
    await app.post('/api/v2/config_reports', {
      config_report: { host: 'gone.example.com', reported_at: new Date().toISOString(), status: { applied: 1 } },
    });
    const response = await app.fetch('/api/v2/hosts/gone.example.com', { method: 'DELETE' });
    expect([response.status, await json(response)]).toEqual([
      200,
      expect.objectContaining({ name: 'gone.example.com' }),
    ]);
    expect((await app.fetch('/api/v2/hosts/gone.example.com')).status).toBe(404);
    expect((await app.fetch('/api/v2/hosts/gone.example.com', { method: 'DELETE' })).status).toBe(404);
  });

  it('callers without a right password are 401', async () => {
    for (const headers of [{}, { authorization: basic('admin', 'wrong') }] as Record<string, string>[])
      expect((await app.anonymous('/api/v2/hosts/web1', { method: 'DELETE', headers })).status).toBe(401);
  });
});
