import { request } from 'node:http';
import { z } from 'zod';
import { ApiRoutes } from '../../src/openapi/api-routes';
import { COSTLY_SEARCHES } from '../support/costly-searches';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';

describe('hostile searches', () => {
  let app: RunningApp;
  /** Every route that takes a search but the completion, which tells of a fault in an answer of its own. */
  let paths: string[];
  beforeAll(async () => {
    app = await startApp();
    await app.post('/api/v2/hosts/facts', { name: 'web1', facts: { a: '1', foreman_hostgroup: 'web' } });
    const searched = app.app
      .get(ApiRoutes)
      .all()
      .filter(({ query }) => query instanceof z.ZodObject && 'search' in query.shape);
    const documented = searched.map(({ path }) => path.replace(':id', path.includes('hostgroups') ? 'web' : 'web1'));
    paths = [...documented, ...PAGES];
  });
  afterAll(() => app.close());

  const PAGES = [
    '/hosts',
    '/hosts?format=json',
    '/dashboard/ovirt',
    '/dashboard?format=json',
    '/fact_values',
    '/hosts/web1/facts',
    '/reports',
    '/hosts/web1/reports',
    '/users',
  ];
  const send = async (path: string, query: string) => {
    const startedAt = Date.now();
    const response = await app.fetch(`${path}${path.includes('?') ? '&' : '?'}${query}`);
    await response.arrayBuffer();
    expect(Date.now() - startedAt).toBeLessThan(3_000);
    return response.status;
  };
  const search = (text: string) => `search=${encodeURIComponent(text)}`;

  it.each([
    ['an unfinished condition', search('name =')],
    ['SQL after a quote', search(`name = x' OR 1=1; DROP TABLE hosts; --`)],
    ['an unknown field', search('root_pass = x')],
    ['a prototype as field', search('__proto__ = x')],
    ['5,000 parentheses', search(`${'('.repeat(2_500)}name = x${')'.repeat(2_500)}`)],
    ['5,000 conditions', search(Array(1_000).fill('a=b').join(' or '))],
    ['a list where a text belongs', 'search[]=name'],
    ['an object where a text belongs', 'search[a]=name'],
    ['the search twice', 'search=name&search=name'],
    ['a NUL', 'search=name%3D%00'],
    ['a control character', search('name = "\u001b"')],
    ['more characters than are allowed', search('a'.repeat(4_097))],
    ['10,000 parentheses', search('('.repeat(10_000))],
    ['an unparsable date', search('last_report > soon')],
    ['a lone surrogate, percent-encoded', 'search=%ED%A0%80'],
    ['a byte that is no UTF-8', 'search=%ff'],
    ['broken percent-encoding', 'search=%E0%A4%A'],
    ['a percent sign alone', 'search=%'],
    ['a percent sign in another parameter', 'search=name&other=%'],
    ['a bracket in the name of the parameter', 'search%5D=web1'],
    ['a bracket that nothing opens', 'search]=web1'],
    ['the search behind too many parameters', `${'x=1&'.repeat(100)}search=nobody`],
  ])('%s is 400 everywhere', async (_, query) => {
    for (const path of paths) expect([path, await send(path, query)]).toEqual([path, 400]);
  });

  it('among the routes that are asked here are those of the API', () => {
    expect(paths).toEqual(expect.arrayContaining(['/api/v2/hosts', '/api/v2/hosts/web1/facts', '/api/v2/users']));
  });

  it('the completion tells what is wrong, and quickly', async () => {
    for (const text of ['('.repeat(4_000), '('.repeat(5_000), '!'.repeat(4_000), 'name = "\u0000', 'facts.\u001b = '])
      expect(await send('/hosts/auto_complete_search', search(text))).toBe(200);
    for (const query of ['search=%ff', 'search[]=x', `search=${'%00'.repeat(10)}&x=%`])
      expect(await send('/hosts/auto_complete_search', query)).toBe(400);
  });

  it('the most costly searches are answered, and quickly', async () => {
    for (const text of Object.values(COSTLY_SEARCHES))
      expect([200, text]).toEqual([await send('/api/v2/hosts', search(text)), text]);
  });

  it.each([
    ['control characters', search('name = "\u0000\u0001\u001b"')],
    ['SQL in quotes', search(`name = "x' OR 1=1; DROP TABLE hosts; --"`)],
    ['wildcards alone', search('name ~ "%%%***%%%"')],
    ['right-to-left and zero-width characters', search('name ~ "\u202e\u200b"')],
  ])('%s is answered or refused, never a fault of ours', async (_, query) => {
    for (const path of paths) expect([200, 400]).toContain(await send(path, query));
    expect(await (await app.fetch('/hosts?format=json')).json()).toHaveLength(1);
  });

  it('brackets in a value belong to the value', async () => {
    for (const query of ['search=comment=[x]=y', 'search=comment%3D%5Bx%5D=y'])
      expect(await (await app.fetch(`/hosts?format=json&${query}`)).json()).toEqual([]);
    const put = { method: 'PUT', body: '{"comment":"[x]=y"}', headers: { 'content-type': 'application/json' } };
    await app.fetch('/api/v2/hosts/web1', put);
    const { results } = (await (await app.fetch('/api/v2/hosts?search=comment="[x]=y"')).json()) as {
      results: object[];
    };
    expect(results).toMatchObject([{ name: 'web1' }]);
  });

  it('broken encoding is told as such, on a page too, in the log, and to who is not signed in', async () => {
    const json = await app.fetch('/hosts?search=%ff&format=json');
    expect([json.status, await json.json()]).toEqual([
      400,
      {
        error: expect.objectContaining({
          message: "'search=%ff' is not percent-encoded UTF-8; write % itself as %25",
        }) as object,
      },
    ]);
    const page = await app.fetch('/hosts?search=%ff', { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('search&#x3D;%ff')]);
    expect((await app.anonymous('/api/v2/hosts?search=%ff')).status).toBe(400);
    expect((await app.anonymous('/assets/app.css?v=%')).status).toBe(400);
    expect((await app.fetch('/nowhere?x=%')).status).toBe(400);
  });

  it.each([
    'page=0',
    'page=-1',
    'page=x',
    'page=1e999',
    'page[]=1',
    'per_page=0',
    'per_page=x',
    'order=root_pass',
    'order[]=name',
    'order=name+sideways',
  ])('%s is 400', async (query) => {
    for (const path of ['/api/v2/hosts', '/api/v2/config_reports', '/hosts?format=json'])
      expect([path, await send(path, query)]).toEqual([path, 400]);
  });

  it('10,000 parentheses and other long request lines are 400, 414 or 431', async () => {
    for (const length of [10_000, 40_000, 200_000]) {
      const status = await new Promise<number>((resolve, reject) => {
        const sent = request(
          `${app.url}/api/v2/hosts?search=${'('.repeat(length)}`,
          { headers: { authorization: basic(ADMIN.login, ADMIN.password) } },
          (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
          },
        );
        sent.on('error', reject).end();
      });
      expect([400, 414, 431]).toContain(status);
    }
    expect(await send('/api/v2/hosts', `search=${'('.repeat(10_000)}`)).toBe(400);
  });

  it.each(['%', '%E0%A4%A', '..%2f..%2fetc', 'a%00b', "x'--", '9'.repeat(40), 'x'.repeat(5_000)])(
    'an address with %s finds nothing',
    async (key) => {
      for (const path of [
        `/api/v2/hosts/${key}`,
        `/api/v2/config_reports/${key}`,
        `/hosts/${key}/ovirt`,
        `/api/v2/hosts/${key}/facts`,
      ])
        expect([400, 404]).toContain((await app.fetch(path)).status);
    },
  );
});
