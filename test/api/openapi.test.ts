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
  beforeAll(async () => {
    app = await startApp();
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
    const aliases = ['/console', '/reports', '/openapi.json', '/associate/{vm_id}', '/users/{user}/'];
    expect(served.filter((path) => !(path in paths) && !aliases.some((alias) => path.includes(alias)))).toEqual([]);
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
