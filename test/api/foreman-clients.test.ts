import { basic, ADMIN, startApp, type RunningApp } from '../support/app';

type Json = Record<string, unknown>;
interface Param {
  name: string;
  description: string;
  expected_type: string;
  required: boolean;
  params?: Param[];
}
interface Method {
  name: string;
  apis: { api_url: string; http_method: string; short_description: string }[];
  params: Param[];
}
interface Apidoc {
  docs: { resources: Record<string, { methods: Method[] }> };
}

/**
 * The requests of the Ansible collection theforeman.foreman 3.11 (module_utils/_apypie.py, modules/*.py) and of
 * hammer-cli-foreman (apipie-bindings), found as those find them: in /apidoc/v2.json, by resource and action.
 */
describe("clients that go by apipie's description", () => {
  let app: RunningApp;
  let apidoc: Apidoc;
  beforeAll(async () => {
    app = await startApp();
    for (const name of ['web1.example.com', 'web2.example.com']) {
      await app.post('/api/v2/hosts/facts', { name, facts: { a: '1', b: '2' } });
      await app.post('/api/v2/config_reports', {
        config_report: { host: name, reported_at: new Date().toISOString(), status: { applied: 1 } },
      });
    }
    apidoc = (await (await fetch(`${app.origin}/apidoc/v2.json`)).json()) as Apidoc;
  });
  afterAll(() => app.close());

  const methodOf = (resource: string, action: string): Method => {
    const method = apidoc.docs.resources[resource]?.methods.find(({ name }) => name === action);
    if (method === undefined) throw new Error(`${resource} ${action} is not described`);
    return method;
  };

  /** _apypie.py: Action.find_route, Route.path_with_params, Api.http_call; `urljoin` leaves the base path out. */
  async function call<T = Json>(resource: string, action: string, params: Json = {}): Promise<T> {
    const { apis, params: known } = methodOf(resource, action);
    const idsIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    const routes = [...apis].sort((a, b) => idsIn(b.api_url).length - idsIn(a.api_url).length);
    const route = routes.find(({ api_url: path }) => idsIn(path).every((name) => name in params)) ?? routes.at(-1);
    if (route === undefined) throw new Error(`${resource} ${action} has no route`);
    const ids = idsIn(route.api_url);
    const path = ids.reduce(
      (text, name) => text.replace(`:${name}`, encodeURIComponent(String(params[name]))),
      route.api_url,
    );
    const rest = Object.fromEntries(Object.entries(params).filter(([name]) => !ids.includes(name)));
    expect(Object.keys(rest).filter((name) => !known.some((param) => param.name === name))).toEqual([]);
    const isRead = route.http_method === 'GET';
    const query = new URLSearchParams(
      Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
    );
    const response = await fetch(`${app.origin}${path}${isRead ? `?${query.toString()}` : ''}`, {
      method: route.http_method,
      headers: {
        accept: 'application/json;version=2',
        authorization: basic(ADMIN.login, ADMIN.password),
        ...(isRead ? {} : { 'content-type': 'application/json' }),
      },
      ...(isRead || Object.keys(rest).length === 0 ? {} : { body: JSON.stringify(rest) }),
    });
    expect([resource, action, response.status < 300]).toEqual([resource, action, true]);
    return (await response.json()) as T;
  }

  it('is served without credentials at the root and under the base path, in any language, with its checksum', async () => {
    const answers = await Promise.all(
      ['', '/foreman'].flatMap((base) =>
        ['v2.json', 'v2.en.json', 'v2.pt_BR.json'].map((name) => fetch(`${app.origin}${base}/apidoc/${name}`)),
      ),
    );
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(new Set(texts).size).toBe(1);
    const checksum = answers[0]?.headers.get('apipie-checksum');
    expect(checksum).toMatch(/^[\da-f]{32}$/);
    for (const path of ['/api/v2/status', '/api/hosts', '/api/v2/hosts/nobody'])
      expect((await app.fetch(path)).headers.get('apipie-checksum')).toBe(checksum);
    expect(await (await app.anonymous('/apidoc/apipie_checksum')).json()).toEqual({ checksum });
    expect((await app.anonymous('/apidoc')).headers.get('location')).toBe(`${new URL(app.url).pathname}/api/docs`);
    const unknown = await app.anonymous('/apidoc/v1.json');
    expect([unknown.status, await unknown.json()]).toMatchObject([
      404,
      { error: { full_messages: [expect.any(String)] } },
    ]);
  });

  it('describes each action as apypie reads it, with the routes that are served', () => {
    const actions = Object.entries(apidoc.docs.resources).flatMap(([resource, { methods }]) =>
      methods.map(({ name }) => `${resource} ${name}`),
    );
    expect(actions).toEqual(
      expect.arrayContaining([
        ...['home status', 'ping ping', 'dashboard index', 'fact_values index', 'auth_sources index'],
        ...['index', 'show', 'update', 'destroy', 'facts', 'get_status'].map((name) => `hosts ${name}`),
        ...['index', 'show', 'create', 'destroy', 'last'].map((name) => `config_reports ${name}`),
        ...['index', 'show', 'create', 'update', 'destroy', 'associate'].map((name) => `compute_resources ${name}`),
        ...['index', 'show', 'create', 'update', 'destroy'].flatMap((name) => [`users ${name}`, `roles ${name}`]),
        ...['index', 'create', 'destroy'].map((name) => `personal_access_tokens ${name}`),
      ]),
    );
    const paths = (resource: string, action: string) => methodOf(resource, action).apis.map(({ api_url }) => api_url);
    expect(paths('fact_values', 'index').sort()).toEqual(['/api/fact_values', '/api/hosts/:host_id/facts']);
    expect(paths('hosts', 'show')).toEqual(['/api/hosts/:id']);
    expect(paths('personal_access_tokens', 'create')).toContain('/api/users/:user_id/personal_access_tokens');
    const types = new Set(['string', 'numeric', 'boolean', 'array', 'hash', 'any_type']);
    const check = ({ name, description, expected_type: type, params = [] }: Param) => {
      expect([name, typeof description, types.has(type)]).toEqual([name, 'string', true]);
      params.forEach(check);
    };
    for (const { methods } of Object.values(apidoc.docs.resources))
      for (const { params } of methods) params.forEach(check);
    const inHost = methodOf('hosts', 'update').params.find(({ name }) => name === 'host');
    expect(inHost?.params?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['enabled', 'comment', 'hostgroup_id']),
    );
  });

  it('status_info, host_info and resource_info', async () => {
    expect(await call('home', 'status')).toMatchObject({ result: 'ok' });
    expect(await call('ping', 'ping')).toHaveProperty('results');
    const search = { search: 'name="web1.example.com"', per_page: 4294967296, thin: false };
    const [host] = (await call<{ results: { id: number }[] }>('hosts', 'index', search)).results;
    expect(await call('hosts', 'show', { id: host?.id })).toMatchObject({ name: 'web1.example.com' });
    for (const resource of ['config_reports', 'fact_values'])
      expect(await call(resource, 'index', { per_page: 4294967296 })).toHaveProperty('results');
    for (const resource of ['compute_resources', 'users', 'roles', 'auth_sources'])
      expect(await call(resource, 'index')).toHaveProperty('results');
    expect(await call('fact_values', 'index', { host_id: host?.id })).toMatchObject({
      results: { 'web1.example.com': { a: '1', b: '2' } },
    });
  });

  it('compute_resource: present, changed, absent', async () => {
    const wanted = {
      name: 'engine1',
      provider: 'Ovirt',
      description: 'first',
      url: 'https://engine.invalid/ovirt-engine/api',
      user: 'admin@internal',
      password: 'secret',
    };
    const { id } = await call('compute_resources', 'create', { compute_resource: wanted });
    expect(await call('compute_resources', 'show', { id })).toMatchObject({ name: 'engine1', provider: 'Ovirt' });
    expect(
      await call('compute_resources', 'update', { id, compute_resource: { description: 'second' } }),
    ).toMatchObject({ description: 'second', user: 'admin@internal' });
    await call('compute_resources', 'destroy', { id });
    expect(await call('compute_resources', 'index')).toMatchObject({ results: [] });
  });

  it('hammer: a host is changed under its key, its reports and facts are asked for by host', async () => {
    const { id } = await call('hosts', 'update', { id: 'web2.example.com', host: { comment: 'seen' } });
    expect(await call('hosts', 'show', { id })).toMatchObject({ comment: 'seen' });
    expect(await call('config_reports', 'index', { host_id: id })).toMatchObject({ total: 1 });
    expect(await call('config_reports', 'last', { host_id: id })).toMatchObject({ host_id: id });
    expect(await call('hosts', 'get_status', { id, type: 'global' })).toMatchObject({ status: 0 });
    expect(await call('hosts', 'destroy', { id })).toMatchObject({ name: 'web2.example.com' });
  });
});
