import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ApiRoutes, type ApiRoute } from '../../src/openapi/api-routes';
import type { RunningApp } from './app';

interface Answered {
  $ref?: string;
  content?: Record<string, { schema: object }>;
}
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Answered> }>>;
  components: { schemas: object; responses: Record<string, Answered> };
}

/** The API as its document describes it; notes which answers were held against it. */
export class DocumentedApi {
  private readonly checked = new Set<string>();

  private constructor(
    readonly routes: ApiRoute[],
    private readonly document: Document,
  ) {}

  static async of(app: RunningApp): Promise<DocumentedApi> {
    const document = (await (await app.fetch('/api/v2/openapi.json')).json()) as Document;
    return new DocumentedApi(app.app.get(ApiRoutes).all(), document);
  }

  route(method: string, path: string): ApiRoute {
    const route = this.routes.find((each) => each.method === method && each.path === path);
    if (route === undefined) throw new Error(`${method} ${path} is not described`);
    return route;
  }

  /** Routes that may be answered with this status. */
  with(status: string): ApiRoute[] {
    return this.routes.filter((route) => status in this.responses(route));
  }

  /** What is wrong with an answer; nothing when it is one that the document promises. */
  async fault(route: ApiRoute, response: Response): Promise<string | undefined> {
    const status = String(response.status);
    // made in the tests' own realm, where zod makes its objects too
    const body: unknown = JSON.parse(await response.text());
    const known = status in this.responses(route) ? status : 'default';
    this.checked.add(`${nameOf(route)} ${known}`);
    if (response.ok && known === 'default') return `${nameOf(route)}: ${status} is not described`;
    const { success, error } = this.schema(this.responses(route)[known]).safeParse(body);
    if (!success) return `${nameOf(route)} ${status}: ${error.message}`;
    // the document lets answers gain fields, the schema it is made from does not
    if (!response.ok || isDeepStrictEqual(route.answer.parse(body), body)) return undefined;
    return `${nameOf(route)}: an answer has fields that are not described`;
  }

  /** Statuses of the document, `default` aside, that no answer was held against. */
  unchecked(): string[] {
    return this.routes
      .flatMap((route) => Object.keys(this.responses(route)).map((status) => `${nameOf(route)} ${status}`))
      .filter((each) => !each.endsWith(' default') && !this.checked.has(each));
  }

  private responses({ method, path }: ApiRoute): Record<string, Answered> {
    return this.document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method]?.responses ?? {};
  }

  private schema({ $ref, content }: Answered = {}): z.ZodType {
    const { responses, schemas } = this.document.components;
    if ($ref !== undefined) return this.schema(responses[$ref.replace(/.*\//, '')]);
    const schema = content?.['application/json']?.schema;
    if (schema === undefined) throw new Error('an answer without a schema');
    const text = JSON.stringify({ ...schema, $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/');
    return z.fromJSONSchema(JSON.parse(text) as z.core.JSONSchema.JSONSchema);
  }
}

const nameOf = ({ method, path }: ApiRoute): string => `${method} ${path}`;
