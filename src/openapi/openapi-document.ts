import { z } from 'zod';
import { FOREMAN_VERSION } from '../foreman-kit';
import type { ApiRoute } from './api-routes';

type Json = Record<string, unknown>;

/** JSON Schema of what comes in or goes out. Answers may gain fields, so clients must not expect to know them all. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const json: Json = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  delete json.$schema;
  return json;
}

/** The body of every error but one. */
const ErrorAnswer = z.object({
  error: z
    .object({
      message: z.string(),
      full_messages: z.array(z.string()),
      class: z.literal('ScopedSearch::QueryNotSupported').optional().describe('Of a search or order not understood'),
      id: z.null().optional(),
      errors: z.record(z.string(), z.array(z.string())).optional().describe('Field → what is wrong with it'),
      position: z.object({ start: z.int(), end: z.int() }).optional().describe('Where a search is wrong'),
      reason: z.string().optional().describe('For programs, such as order: the order is at fault, not the search'),
      details: z.string().optional(),
      missing_permissions: z.array(z.string()).optional(),
      request_id: z.string(),
    })
    .loose(),
});
/** Where a body is no JSON. */
const BadJsonAnswer = z.object({
  status: z.literal(400),
  error: z.string(),
  full_messages: z.array(z.string()),
  request_id: z.string(),
});

const FAULTS = {
  400: 'The query or the search is not understood, or the body is no JSON',
  401: 'Not signed in',
  403: 'A permission is missing',
  404: 'Not found',
  413: 'The body is too large',
  415: 'The body is of another type than application/json',
  422: 'A field of the body is not accepted',
  429: 'Too many failed attempts to sign in; Retry-After tells when to try again',
};
const OTHER_FAULT =
  'Another refusal: 409 what cannot be changed so, 502, 503 and 504 an engine or a database that does not answer';
const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const faultSchema = (status: string) =>
  status === '400' ? { anyOf: [schemaRef('Error'), schemaRef('BadJson')] } : schemaRef('Error');

export interface ApiServer {
  /** The base path, '' for none. */
  base: string;
  version: string;
  /** The name of the session's cookie. */
  sessionCookie: string;
}

/** The OpenAPI 3.1 document of the routes. */
export function openapiDocument(routes: readonly ApiRoute[], { base, version, sessionCookie }: ApiServer): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) (paths[templateOf(route.path)] ??= {})[route.method] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'foreman-ovirt',
      version,
      description: `The part of Foreman ${FOREMAN_VERSION}'s API v2 that this service serves. Paths also work without /v2.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: base === '' ? '/' : base }],
    security: [{ password: [] }, { token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Error: schemaOf(ErrorAnswer, 'output'), BadJson: schemaOf(BadJsonAnswer, 'output') },
      responses: Object.fromEntries(
        [['', OTHER_FAULT], ...Object.entries(FAULTS)].map(([status = '', description]) => [
          `Error${status}`,
          { description, content: { 'application/json': { schema: faultSchema(status) } } },
        ]),
      ),
      securitySchemes: {
        password: { type: 'http', scheme: 'basic', description: 'Password or personal access token' },
        token: { type: 'http', scheme: 'bearer', description: 'Personal access token' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
      },
    },
  };
}

function operation({ path, method, status: done, summary, notes, answer, permissions, query, body }: ApiRoute): Json {
  const [, , , tag = 'service'] = path.split('/');
  const needs = permissions && `Needs ${permissionsText(permissions)}.`;
  const faults = [
    400,
    ...(permissions ? [401, 429] : []),
    ...(permissions?.length ? [403] : []),
    ...(path.includes(':') || path.endsWith('/last') ? [404] : []),
    ...(['post', 'put', 'patch'].includes(method) ? [413, 415] : []),
    ...(body ? [422] : []),
  ].sort();
  return {
    operationId: `${method}${path.replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [tag],
    summary,
    description: [notes, needs].filter(Boolean).join(' '),
    ...(permissions === undefined ? { security: [] } : {}),
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }
      : {}),
    responses: {
      [done]: {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(answer, 'output') } },
      },
      ...Object.fromEntries(faults.map((status) => [status, { $ref: `#/components/responses/Error${status}` }])),
      default: { $ref: '#/components/responses/Error' },
    },
  };
}

export function permissionsText(permissions: readonly string[]): string {
  return permissions.length === 0 ? 'nothing but signing in' : `permission ${permissions.join(' or ')}`;
}

const templateOf = (path: string) => path.replace(/:(\w+)/g, '{$1}');

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}
