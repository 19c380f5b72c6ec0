import { ApiRoutes } from '../../src/openapi/api-routes';
import { startApp, type RunningApp } from '../support/app';

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<string, { operationId: string; parameters: { name: string }[]; responses: Record<string, unknown> }>
  >;
}

describe('the documentation of the API', () => {
  let app: RunningApp;
  let reportId: number;
  beforeAll(async () => {
    app = await startApp();
    const report = { host: 'web1', reported_at: new Date().toISOString(), status: { applied: 1, pending: 9 } };
    const logs = [{ log: { level: 'err', sources: { source: 's' }, messages: { message: 'm' } } }];
    const stored = await app.post('/api/v2/config_reports', {
      config_report: { ...report, metrics: { time: { total: 1 } }, logs },
    });
    reportId = ((await stored.json()) as { id: number }).id;
    await app.post('/api/v2/hosts/facts', {
      name: 'web1',
      facts: { foreman_hostgroup: 'web', ipaddress: '192.0.2.7', os: { name: 'Rocky', release: { full: '9.4' } } },
    });
  });
  afterAll(() => app.close());

  const document = async () => (await (await app.fetch('/api/v2/openapi.json')).json()) as Document;

  it('is OpenAPI 3.1 with unique operation ids, a parameter for each part of a path, and the query of lists', async () => {
    const { openapi, paths } = await document();
    expect(openapi).toBe('3.1.0');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { path, parameters } of operations)
      for (const [, name] of path.matchAll(/\{(\w+)\}/g))
        expect(parameters.map((parameter) => parameter.name)).toContain(name);
    expect(paths['/api/v2/hosts']?.get?.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['search', 'order', 'page', 'per_page', 'thin', 'include', 'include_permissions']),
    );
  });

  it('describes every route under /api/v2 but itself', async () => {
    const routes = app.app.get(ApiRoutes).all();
    const { paths } = await document();
    expect(routes).toHaveLength(Object.values(paths).flatMap((methods) => Object.keys(methods)).length);
    const { stack } = (
      app.app.getHttpAdapter().getInstance() as { router: { stack: { route?: { path: string; methods: object } }[] } }
    ).router;
    const served = stack.flatMap(({ route }) =>
      route?.path.startsWith('/api/v2') ? [route.path.replace(/:(\w+)/g, '{$1}')] : [],
    );
    const aliases = ['/reports', '/openapi.json', '/associate/{vm_id}', '/users/{user}/'];
    expect(served.filter((path) => !(path in paths) && !aliases.some((alias) => path.includes(alias)))).toEqual([]);
  });

  it('real answers hold exactly what it says', async () => {
    const routes = app.app.get(ApiRoutes).all();
    const ids: Record<string, string> = {
      config_reports: String(reportId),
      hosts: 'web1',
      users: '1',
      roles: '1',
      hostgroups: 'web',
    };
    const id = (path: string) => ids[path.split('/')[3] ?? ''] ?? '';
    for (const { method, path, answer } of routes) {
      if (method !== 'get' || path === '/api/v2/compute_resources/:id') continue;
      const response = await app.fetch(path.replace(':id', id(path)).replace(':type', 'configuration'));
      const body: unknown = await response.json();
      expect([path, response.status, answer.parse(body)]).toEqual([path, 200, body]);
    }
  });

  it('answers to edits and deletions hold exactly what it says', async () => {
    const routes = app.app.get(ApiRoutes).all();
    const paths: Record<string, string> = {
      put: '/api/v2/hosts/web1',
      patch: '/api/v2/hosts/web1',
      delete: `/api/v2/config_reports/${reportId}`,
    };
    for (const [method, path] of Object.entries(paths)) {
      const template = path.replace(/[^/]+$/, ':id');
      const route = routes.find((each) => each.method === method && each.path === template);
      const init =
        method === 'delete'
          ? {}
          : { body: '{"host":{"comment":"x"}}', headers: { 'content-type': 'application/json' } };
      const body: unknown = await (await app.fetch(path, { method: method.toUpperCase(), ...init })).json();
      expect([method, route?.answer.parse(body)]).toEqual([method, body]);
    }
  });

  it('is a page too, for whoever is signed in', async () => {
    const page = await app.fetch('/api/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('Show a host, by id, name or certificate name');
    expect([(await app.anonymous('/api/docs')).status, (await app.anonymous('/api/v2/openapi.json')).status]).toEqual([
      302, 401,
    ]);
  });
});
