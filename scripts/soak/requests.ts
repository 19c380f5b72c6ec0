import fc from 'fast-check';

/** A request as it is sent; `path` lies under the base path and may have a query. */
export interface RandomRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** The text as it is sent. */
  body?: string;
}

/** A route with the names of what it takes. */
interface Operation {
  method: string;
  /** `/api/v2/hosts/{id}` */
  path: string;
  query: string[];
  body: string[];
}

interface Parameter {
  in: string;
  name: string;
}
interface Described {
  parameters?: Parameter[];
  requestBody?: unknown;
}
/** The parts of our OpenAPI document that are read. */
export interface ApiDocument {
  paths: Record<string, Record<string, Described>>;
}

const LIST = ['search', 'order', 'page', 'per_page', 'format', 'callback'];
/** Pages, which no document describes. */
const PAGES: Operation[] = [
  '/',
  '/hosts',
  '/hosts/{id}',
  '/hosts/{id}/ovirt',
  '/hosts/{id}/graphs/ovirt',
  '/hosts/{id}/facts',
  '/hosts/{id}/reports',
  '/hosts/{id}/vm/ovirt',
  '/hosts/{id}/status',
  '/dashboard',
  '/dashboard/ovirt',
  '/reports',
  '/reports/{id}',
  '/fact_values',
  '/users',
  '/users/{id}/edit',
  '/users/login',
  '/roles',
  '/audits',
  '/compute_resources',
  '/compute_resources/{id}',
  '/auth_source_ovirts/{id}',
  '/hosts/auto_complete_search',
  '/node/{id}',
  '/status',
  '/readyz',
].map((path) => ({ method: 'get', path, query: [...LIST, 'range', 'list', 'host_id'], body: [] }));

/** What the API's document and the pages offer. */
function operationsOf({ paths }: ApiDocument): Operation[] {
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method,
      path,
      query: parameters.filter((each) => each.in === 'query').map(({ name }) => name),
      body: [...new Set(namesIn(requestBody))],
    })),
  );
  return [...documented, ...PAGES];
}

/** Names of all properties in a JSON Schema. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const own = key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value as object) : [];
    return [...own, ...namesIn(value)];
  });
}

/** What broke something somewhere. */
const TARGETED = [
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  '1e999',
  '2147483647',
  '2147483648',
  '9223372036854775808',
  '9'.repeat(40),
  'NaN',
  'true',
  'null',
  'all',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  '\0',
  '\u0000a',
  '\uD800',
  '\u202E\u200B',
  '😀'.repeat(60),
  'ß'.repeat(300),
  'a'.repeat(5_000),
  "' OR 1=1 --",
  '"; DROP TABLE hosts; --',
  '<script>alert(1)</script>',
  '{{constructor}}',
  '../../etc/passwd',
  '%2e%2e%2f',
  '//evil.example/x',
  '::192.0.2.1',
  '2026-02-30 25:61:61 UTC',
  '1970-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  'name ~ %*_\\',
  'facts.a ~ "*a*b*c*" or not has facts.constructor',
  'last_report > "999999999999 days ago"',
  'id ^ (1, 2, 999999999999999)',
  '('.repeat(200),
  'name desc, id',
  'last_report DESC',
  'web1',
] as const;

/** Ids that are there; never the administrator's, who asks. */
const KEYS = ['web1', 'web2', '2', '3', '4', '5', '1-x', 'last'];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TARGETED) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 30 }) },
);
const key = fc.oneof(
  fc.constantFrom(...KEYS),
  text.filter((each) => !/^1\b|admin/i.test(each)),
);
const leaf = fc.oneof(text, fc.double(), fc.maxSafeInteger(), fc.constantFrom(null, true, false, 2 ** 31, [], {}));
const value = fc.oneof(
  { weight: 4, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom('[', '{"a":').map(nested) },
);

/** A value thirty levels deep. */
function nested(open: string): unknown {
  return JSON.parse(`${open.repeat(30)}1${(open === '[' ? ']' : '}').repeat(30)}`);
}

const encoded = (each: string) => encodeURIComponent(each.toWellFormed());

/** `a=1&b[]=2`, now and then with brackets or bytes that are none. */
const queryOf = (names: readonly string[]) =>
  names.length === 0
    ? fc.constant('')
    : fc
        .array(
          fc.tuple(
            fc.constantFrom(...names),
            fc.constantFrom('', '', '', '', '[]', '[a]', '[][]', '[__proto__]'),
            fc.oneof({ weight: 9, arbitrary: text.map(encoded) }, fc.constantFrom('%', '%ff', '%ED%A0%80', '+', '&&')),
          ),
          { maxLength: 4 },
        )
        .map((pairs) => pairs.map(([name, brackets, of]) => `${name}${brackets}=${of}`).join('&'));

/** Some of the fields under each other or side by side, or no object at all. */
const bodyOf = (names: readonly string[]) => {
  if (names.length === 0) return fc.option(value, { nil: undefined });
  const fields = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 });
  return fc.oneof(
    { weight: 3, arbitrary: fields },
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...names), fields).map(([name, of]) => ({ [name]: of })) },
    { weight: 1, arbitrary: value },
  );
};

const FACTS = ['architecture', 'productname', 'operatingsystem', 'domain', 'environment', 'foreman_hostgroup', 'uuid'];
const instant = fc.date({ min: new Date(0), max: new Date('2026-11-30'), noInvalidDate: true });
const uploads = fc
  .oneof(
    fc
      .record({
        name: fc.constantFrom('web1', 'web2', 'web3'),
        facts: fc.dictionary(fc.oneof(fc.constantFrom(...FACTS), text), value, { maxKeys: 8 }),
      })
      .map((body) => ({ path: '/api/v2/hosts/facts', body })),
    fc
      .record({
        host: fc.constantFrom('web1', 'web2', 'web3'),
        reported_at: instant.map((at) => at.toISOString()),
        status: fc.dictionary(fc.constantFrom('applied', 'failed', 'pending'), fc.oneof(fc.nat(), leaf)),
        metrics: fc.dictionary(text, fc.dictionary(text, value, { maxKeys: 3 }), { maxKeys: 3 }),
        logs: fc.array(
          fc.record({
            log: fc.record({
              level: fc.oneof(fc.constantFrom('info', 'err'), leaf),
              sources: fc.record({ source: leaf }),
              messages: fc.record({ message: leaf }),
            }),
          }),
          { maxLength: 3 },
        ),
      })
      .map((report) => ({ path: '/api/v2/config_reports', body: { config_report: report } })),
  )
  .map(({ path, body }) => ({ method: 'post', path, body: JSON.stringify(body) }));

const headers = fc.record({
  accept: fc.constantFrom('application/json', 'text/html', '*/*'),
  'x-forwarded-for': fc.constantFrom('192.0.2.1', '::192.0.2.1', '64:ff9b::192.0.2.1', 'x', '2001:db8::1, 192.0.2.9'),
});

function requestTo({ method, path, query, body }: Operation) {
  const parts = fc.tuple(
    ...path
      .split(/\{\w+\}/)
      .map((part, index) => (index === 0 ? fc.constant(part) : key.map((id) => `${encoded(id)}${part}`))),
  );
  const takesBody = ['post', 'put', 'patch'].includes(method);
  return fc.record({
    method: fc.constant(method),
    path: fc.tuple(parts, queryOf(query)).map(([all, text]) => `${all.join('')}${text === '' ? '' : `?${text}`}`),
    body: takesBody ? bodyOf(body).map((of) => JSON.stringify(of ?? {})) : fc.constant(undefined),
  });
}

/** Requests with targeted and random values to all that the API's document names, and to the pages. */
export function randomRequests(document: ApiDocument): fc.Arbitrary<RandomRequest> {
  const documented = fc.oneof(...operationsOf(document).map(requestTo));
  const any = fc.oneof({ weight: 3, arbitrary: documented }, { weight: 1, arbitrary: uploads });
  return fc.tuple(any, headers).map(([request, more]) => ({
    ...request,
    method: request.method.toUpperCase(),
    headers: { ...more, 'content-type': 'application/json' },
  }));
}

/** So many of them, decided by the seed. */
export function requestsOf(document: ApiDocument, seed: number, amount: number): RandomRequest[] {
  return fc.sample(randomRequests(document), { seed, numRuns: amount });
}

/** What is wrong with an answer; nothing where it is below 500 or a 503 that says why. */
export function faultOf(status: number, body: string): string | undefined {
  if (status < 500) return undefined;
  if (status !== 503) return `${status}: ${body.slice(0, 300)}`;
  return /"message":"[^"]|<h1/.test(body) ? undefined : `503 without a reason: ${body.slice(0, 300)}`;
}
