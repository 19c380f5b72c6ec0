import { z } from 'zod';
import type { ApiRoute } from '../../src/openapi/api-routes';
import { basic, startApp, type RunningApp } from '../support/app';
import { registration } from '../support/compute-resources';
import { DocumentedApi } from '../support/documented-api';
import { EngineBench } from '../support/engine-simulators';
import { eventually } from '../support/eventually';
import { addTemplate } from '../support/machines';

const PASSWORD = 'a-good-password';
const JSON_TYPE = { 'content-type': 'application/json' };
type Request = [method: string, path: string, body?: () => unknown];
interface Made {
  id?: number;
  access_key?: { id: number };
  virtual_machine?: { id: number };
  operation?: { id: string };
}

/** Every answer of the API, good and bad, is held against its document; what is documented and not asked for is a fault. */
describe('answers hold what the OpenAPI document says', () => {
  const bench = new EngineBench();
  const ids = new Map<string, string>();
  let app: RunningApp;
  let api: DocumentedApi;
  let engine: Awaited<ReturnType<EngineBench['start']>>;
  beforeAll(async () => {
    app = await startApp({ MAX_BODY_MB: '1' });
    const startedAt = Date.now();
    const now = () => startedAt + (Date.now() - startedAt) * 20; // its machines start so much faster
    engine = await bench.start({ version: '4.5', https: true, now });
    addTemplate(engine);
    api = await DocumentedApi.of(app);
    await app.post('/api/v2/users', { user: { login: 'nobody', password: PASSWORD } });
  });
  afterAll(async () => {
    await app.close();
    await bench.close();
  });

  const id = (of: string) => ids.get(of) ?? `no ${of}`;
  const ask = (method: string, path: string, init: RequestInit = {}, by = app.fetch) =>
    by(path, { method: method.toUpperCase(), ...init });
  const send = (body: unknown): RequestInit =>
    body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_TYPE };

  const facts = () => ({
    name: 'web1',
    facts: {
      foreman_hostgroup: 'web',
      ipaddress: '192.0.2.7',
      os: { name: 'Rocky', release: { full: '9.4' } },
      uuid: engine.data.vms[0]?.id,
    },
  });
  const report = () => ({
    config_report: {
      host: 'web1',
      reported_at: new Date().toISOString(),
      status: { applied: 1, pending: 9 },
      metrics: { time: { total: 1 } },
      logs: [{ log: { level: 'err', sources: { source: 's' }, messages: { message: 'm' } } }],
    },
  });
  const user = () => ({ user: { login: 'ann', password: PASSWORD } });
  const role = () => ({ role: { name: 'Readers', permissions: ['view_hosts'] } });
  const token = () => ({ personal_access_token: { name: 'script' } });
  /** Whose administrators may look into their engine, too. */
  const resource = () => ({
    compute_resource: registration(engine, { service_account_acts: true, datacenter: 'Default' }),
  });
  const key = () => ({
    access_key: {
      name: 'ci',
      compute_resource_id: 'production',
      engine_user: 'mara@corp',
      engine_password: 'mara-password',
    },
  });
  const machine = (name: string) => () => ({
    virtual_machine: {
      compute_resource_id: 'production',
      cluster: 'Default',
      template: 'debian-12',
      vm_name: name,
      start: false,
    },
  });
  const comment = () => ({ host: { comment: 'x' } });

  /** In an order in which each finds what it needs; the reading ones come between. */
  const MAKE: Request[] = [
    ['post', '/api/v2/hosts/facts', facts],
    ['post', '/api/v2/config_reports', report],
    ['post', '/api/v2/users', user],
    ['post', '/api/v2/roles', role],
    ['post', '/api/v2/personal_access_tokens', token],
    ['post', '/api/v2/compute_resources', resource],
    ['post', '/api/v2/access_keys', key],
    ['post', '/api/v2/virtual_machines', machine('vm1')],
    ['post', '/api/v2/operations/:id/cancel'],
    ['post', '/api/v2/virtual_machines', machine('vm2')],
    ['put', '/api/v2/access_keys/:id', () => ({ access_key: { read_only: true } })],
    ['put', '/api/v2/hosts/:id', comment],
    ['patch', '/api/v2/hosts/:id', comment],
    ['put', '/api/v2/users/:id', () => ({ user: { firstname: 'Ann' } })],
    ['put', '/api/v2/roles/:id', () => ({ role: { description: 'of all' } })],
    ['put', '/api/v2/compute_resources/:id', () => ({ compute_resource: { description: 'hall 4' } })],
    ['put', '/api/v2/compute_resources/:id/test_connection', () => ({})],
    ['put', '/api/v2/compute_resources/:id/associate', () => ({})],
  ];
  /** Each when the one before is over. */
  const POWER: Request[] = [
    ['post', '/api/v2/virtual_machines/:id/capture', () => ({ template: { name: 'golden' } })],
    ...['start', 'reboot', 'suspend', 'start', 'shutdown', 'stop'].map((verb): Request => [
      'post',
      `/api/v2/virtual_machines/:id/${verb}`,
    ]),
  ];
  const REMOVE_MACHINE: Request[] = [['delete', '/api/v2/virtual_machines/:id']];
  const REMOVE: Request[] = [
    ['delete', '/api/v2/access_keys/:id'],
    ['delete', '/api/v2/personal_access_tokens/:id'],
    ['delete', '/api/v2/config_reports/:id'],
    ['delete', '/api/v2/compute_resources/:id'],
    ['delete', '/api/v2/roles/:id'],
    ['delete', '/api/v2/users/:id'],
    ['delete', '/api/v2/hosts/:id'],
  ];

  const listOf = (path: string) => path.split('/')[3] ?? '';
  const filled = (path: string, key = id(listOf(path))) =>
    path.replace(/:id\b/, key).replace(':type', 'configuration').replace(':cluster', 'Default');
  const bodyOf = ({ method, path }: ApiRoute) =>
    [...MAKE, ...POWER, ...REMOVE].find(([m, p]) => m === method && p === path)?.[2]?.();

  async function faultsOf(routes: ApiRoute[], call: (route: ApiRoute) => Promise<Response>, status: number) {
    const faults: (string | undefined)[] = routes.length === 0 ? ['no route is asked'] : [];
    for (const route of routes) {
      const response = await call(route);
      if (response.status !== status) faults.push(`${route.method} ${route.path}: ${response.status}`);
      faults.push(await api.fault(route, response));
    }
    return faults.filter((fault) => fault !== undefined);
  }

  /** Sends them one after the other, and remembers the ids of what is made. */
  async function play(requests: Request[]) {
    const faults: string[] = [];
    for (const [method, path, body] of requests) {
      const call = async () => {
        const response = await ask(method, filled(path), send(body?.()));
        const made = (await response.clone().json()) as Made;
        if (method === 'post' && !path.includes('/:id/'))
          ids.set(listOf(path), String(made.access_key?.id ?? made.virtual_machine?.id ?? made.id));
        if (made.operation !== undefined) ids.set('operations', made.operation.id);
        return response;
      };
      const route = api.route(method, path);
      faults.push(...(await faultsOf([route], call, route.status)));
      if (path.includes('/:id/')) await idle();
    }
    return faults;
  }

  /** Until no operation goes on. */
  const idle = () =>
    eventually(async () => {
      const answer = await app.fetch('/api/v2/operations?search=state+%5E+%28queued%2C+running%2C+waiting%29');
      expect(await answer.json()).toMatchObject({ subtotal: 0 });
    }, 60_000);

  it('what is made and changed', async () => {
    expect(await play(MAKE)).toEqual([]);
    await idle();
    expect(await play(POWER)).toEqual([]);
    ids.set('hosts', 'web1').set('hostgroups', 'web');
  }, 120_000);

  it('what is read', async () => {
    const reads = api.routes.filter(({ method }) => method === 'get');
    expect(await faultsOf(reads, ({ path }) => app.fetch(filled(path)), 200)).toEqual([]);
  });

  it('400: a query or a body that cannot be read', async () => {
    const all = api.with('400');
    expect(await faultsOf(all, ({ method, path }) => ask(method, `${filled(path)}?x=%`), 400)).toEqual([]);
    const searched = all.filter(({ query }) => query instanceof z.ZodObject && 'search' in query.shape);
    expect(await faultsOf(searched, ({ path }) => app.fetch(`${filled(path)}?search=name%20%3D`), 400)).toEqual([]);
    const bad = { body: '{', headers: JSON_TYPE };
    expect(await faultsOf(api.with('413'), ({ method, path }) => ask(method, filled(path), bad), 400)).toEqual([]);
  });

  it('401 and 403: who has no right', async () => {
    const by = (authorization: string) => ({ headers: { ...JSON_TYPE, authorization } });
    const call = (init?: RequestInit) => (route: ApiRoute) =>
      ask(route.method, filled(route.path), init, app.anonymous);
    expect(await faultsOf(api.with('401'), call(), 401)).toEqual([]);
    expect(await faultsOf(api.with('403'), call(by(basic('nobody', PASSWORD))), 403)).toEqual([]);
  });

  it('413, 415 and 422: a body that is not accepted', async () => {
    const call = (init: RequestInit) => (route: ApiRoute) => ask(route.method, filled(route.path), init);
    const large = { body: JSON.stringify('x'.repeat(2 ** 20)), headers: JSON_TYPE };
    expect(await faultsOf(api.with('413'), call(large), 413)).toEqual([]);
    expect(
      await faultsOf(api.with('415'), call({ body: 'x', headers: { 'content-type': 'text/plain' } }), 415),
    ).toEqual([]);
    expect(await faultsOf(api.with('422'), call({ body: '[]', headers: JSON_TYPE }), 422)).toEqual([]);
  });

  it('other refusals: what is built in, an engine that does not answer', async () => {
    const remove = api.route('delete', '/api/v2/roles/:id');
    expect(await faultsOf([remove], () => ask('delete', '/api/v2/roles/Ovirt'), 409)).toEqual([]);
    expect(await play(REMOVE_MACHINE)).toEqual([]);
    await idle();
    await engine.close();
    const associate = api.route('put', '/api/v2/compute_resources/:id/associate');
    expect(await faultsOf([associate], ({ path }) => ask('put', filled(path), send({})), 503)).toEqual([]);
  });

  it('what is removed, and 404 when there is none', async () => {
    expect(await play(REMOVE)).toEqual([]);
    const call = (route: ApiRoute) => ask(route.method, filled(route.path, '0'), send(bodyOf(route)));
    expect(await faultsOf(api.with('404'), call, 404)).toEqual([]);
  });

  it('429: who guesses', async () => {
    const guess = (method = 'get', path = '/api/v2') =>
      ask(method, filled(path), { headers: { ...JSON_TYPE, authorization: basic('guest', 'guess') } }, app.anonymous);
    for (let times = 0; times < 30; times++) await guess();
    expect(await faultsOf(api.with('429'), ({ method, path }) => guess(method, path), 429)).toEqual([]);
  });

  it('nothing is documented that was not seen here', () => {
    expect(api.unchecked()).toEqual([]);
  });
});
