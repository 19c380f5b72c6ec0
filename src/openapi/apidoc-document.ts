import { schemaOf } from './openapi-document';
import type { ApiRoute } from './api-routes';

type Json = Record<string, unknown>;
type Properties = Record<string, Json>;

interface Param {
  name: string;
  full_name: string;
  description: string;
  required: boolean;
  allow_nil: true;
  allow_blank: true;
  validator: string;
  expected_type: string;
  metadata: null;
  show: true;
  validations: [];
  params?: Param[];
}
interface Method {
  doc_url: string;
  name: string;
  apis: { api_url: string; http_method: string; short_description: string; deprecated: null }[];
  formats: null;
  full_description: string;
  errors: [];
  params: Param[];
  examples: [];
  metadata: null;
  see: [];
  headers: [];
  show: true;
}

/** Resources that Foreman calls by another name than their address says. */
const RESOURCES: Record<string, string> = { facts: 'fact_values', reports: 'config_reports' };
/** What stands directly under the API, by Foreman's names. */
const HOME: Record<string, [resource: string, action: string]> = {
  '': ['home', 'index'],
  status: ['home', 'status'],
  ping: ['ping', 'ping'],
};
const OF_LIST: Record<string, string> = { get: 'index', post: 'create' };
const OF_MEMBER: Record<string, string> = { get: 'show', put: 'update', patch: 'update', delete: 'destroy' };

/**
 * The routes as apipie describes them (Foreman: /apidoc/v2.json): its clients (hammer, the Ansible collection) look up
 * there by resource and action where to send what.
 */
export function apidocDocument(routes: readonly ApiRoute[]): Json {
  const names = new Set(routes.map(({ path }) => segmentsOf(path)[0] ?? ''));
  const resources = new Map<string, Map<string, Method>>();
  for (const route of routes) {
    const [resource, action] = actionOf(route, names);
    const methods = resources.get(resource) ?? new Map<string, Method>();
    resources.set(resource, methods);
    const method = methodOf(route, resource, action);
    const known = methods.get(action);
    methods.set(action, known ? joined(known, method) : method);
  }
  return {
    docs: {
      name: 'Foreman',
      info: "The part of Foreman's API v2 that this service serves",
      copyright: '',
      doc_url: '/apidoc/v2',
      api_url: '/api',
      resources: Object.fromEntries(
        [...resources].map(([name, methods]) => [name, resourceOf(name, [...methods.values()])]),
      ),
    },
  };
}

function resourceOf(name: string, methods: Method[]): Json {
  return {
    doc_url: `/apidoc/v2/${name}`,
    id: name,
    api_url: '/api',
    name: humanized(name),
    short_description: null,
    full_description: '',
    version: 'v2',
    formats: null,
    metadata: null,
    methods,
    headers: [],
  };
}

const segmentsOf = (path: string) => path.split('/').slice(3);
const isParam = (segment = '') => segment.startsWith(':');
const singular = (name: string) => name.replace(/ies$/, 'y').replace(/s$/, '');
const humanized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

/** `GET /hosts/:id/facts` → fact_values index; `PUT /compute_resources/:id/associate` → compute_resources associate. */
function actionOf({ method, path }: ApiRoute, names: ReadonlySet<string>): [resource: string, action: string] {
  const [first = '', second, third, fourth] = segmentsOf(path);
  const home = HOME[first];
  if (home) return home;
  if (second === undefined) return [first, OF_LIST[method] ?? method];
  if (!isParam(second)) return [first, second];
  if (third === undefined) return [first, OF_MEMBER[method] ?? method];
  if (third === 'status') return [first, 'get_status'];
  const nested = RESOURCES[third] ?? third;
  if (!names.has(nested)) return [first, third];
  return [nested, fourth === undefined || isParam(fourth) ? (OF_LIST[method] ?? method) : fourth];
}

function methodOf(route: ApiRoute, resource: string, action: string): Method {
  const paths = [route.path, ...route.nested].map((path) => publicPath(path, resource));
  return {
    doc_url: `/apidoc/v2/${resource}/${action}`,
    name: action,
    apis: paths.map((path) => ({
      api_url: path,
      http_method: route.method.toUpperCase(),
      short_description: route.summary,
      deprecated: null,
    })),
    formats: null,
    full_description: route.notes ?? '',
    errors: [],
    params: unique([
      ...pathParams(paths),
      ...(route.query ? paramsOf(schemaOf(route.query, 'input')) : []),
      ...(route.body ? bodyParams(schemaOf(route.body, 'input'), resource, action) : []),
    ]),
    examples: [],
    metadata: null,
    see: [],
    headers: [],
    show: true,
  };
}

/** `/api/v2/hosts/:id/facts` → `/api/hosts/:host_id/facts`: an id above what is asked for bears its resource's name. */
function publicPath(path: string, resource: string): string {
  const [first = '', second = '', third, ...rest] = segmentsOf(path);
  const parent = isParam(second) && third !== undefined && first !== resource ? `:${singular(first)}_id` : second;
  return ['/api', first, parent, third, ...rest].filter(Boolean).join('/');
}

/** Needed are those that stand in every path. */
function pathParams(paths: readonly string[]): Param[] {
  const names = new Set(paths.flatMap((path) => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)));
  return [...names].map((name) =>
    paramOf(name, { description: 'Id or name' }, { required: paths.every((path) => path.includes(`:${name}`)) }),
  );
}

function bodyParams(schema: Json, resource: string, action: string): Param[] {
  const key = singular(resource);
  const { properties = {} } = schema as { properties?: Properties };
  const isWrapped = key in properties || !['create', 'update'].includes(action);
  return isWrapped ? paramsOf(schema) : [paramOf(key, { ...schema, type: 'object' }, { required: true })];
}

function paramsOf({ properties = {}, required = [] }: Json, within?: string): Param[] {
  return Object.entries(properties as Properties).map(([name, schema]) =>
    paramOf(name, schema, { required: (required as string[]).includes(name) && schema.default === undefined, within }),
  );
}

function paramOf(name: string, schema: Json, { required, within }: { required: boolean; within?: string }): Param {
  const fullName = within === undefined ? name : `${within}[${name}]`;
  const type = typeOf(schema);
  const inner = type === 'hash' ? paramsOf(schema, fullName) : [];
  return {
    name,
    full_name: fullName,
    description: typeof schema.description === 'string' ? `<p>${escaped(schema.description)}</p>` : '',
    required,
    allow_nil: true,
    allow_blank: true,
    validator: '',
    expected_type: type,
    metadata: null,
    show: true,
    validations: [],
    ...(inner.length === 0 ? {} : { params: inner }),
  };
}

const TYPES: Record<string, string> = {
  string: 'string',
  integer: 'numeric',
  number: 'numeric',
  boolean: 'boolean',
  array: 'array',
  object: 'hash',
};

/** Where several are taken, clients must not check. */
const typeOf = ({ type }: Json): string => (typeof type === 'string' ? TYPES[type] : undefined) ?? 'any_type';
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function unique(params: readonly Param[]): Param[] {
  return [...new Map(params.map((param) => [param.name, param])).values()];
}

/** One action by several routes: only what all need is required. */
function joined(one: Method, other: Method): Method {
  const apis = [...one.apis, ...other.apis];
  const isNeeded = ({ name }: Param) =>
    [one, other].every(({ params }) => params.some((param) => param.name === name && param.required));
  const params = unique([...other.params, ...one.params]).map((param) => ({ ...param, required: isNeeded(param) }));
  return { ...one, apis, params };
}
