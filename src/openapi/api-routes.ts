import { Injectable, RequestMethod, type PipeTransform, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { z } from 'zod';
import { ALLOW, type Requirement } from '../auth';
import { OPERATION, QueryPipe, ZodPipe, type Operation } from '../web';

/** A documented route of the API, with the schemas that its pipes validate by. */
export interface ApiRoute extends Operation {
  /** Lower-case: get, put … */
  method: string;
  /** Of a successful answer. */
  status: number;
  /** `/api/v2/hosts/:id` */
  path: string;
  /** Other addresses of the same, with more ids in them: `/api/v2/users/:user/personal_access_tokens`. */
  nested: string[];
  /** One of them is needed; none = signing in suffices; undefined = not even that. */
  permissions: readonly string[] | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
}

const PREFIX = 'api/v2';
type Handler = (...args: unknown[]) => unknown;

/** The routes that controllers describe, read from the metadata Nest itself routes by. */
@Injectable()
export class ApiRoutes {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** By path, then method; lists before what is in them. */
  all(): ApiRoute[] {
    return this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (typeof metatype === 'function' ? this.of(metatype as Type) : []))
      .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  }

  private of(controller: Type): ApiRoute[] {
    const prototype = controller.prototype as Record<string, Handler>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const operation = handler && (Reflect.getMetadata(OPERATION, handler) as Operation | undefined);
      if (handler === undefined || operation === undefined) return [];
      const { path, nested } = pathsOf(controller, handler);
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod].toLowerCase();
      const allow = Reflect.getMetadata(ALLOW, handler) as Requirement;
      const own = Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined;
      const status = own ?? (method === 'post' ? 201 : 200);
      const permissions = permissionsOf(allow);
      return [{ ...operation, method, status, path, nested, permissions, ...schemas(controller, name) }];
    });
  }
}

function permissionsOf(allow: Requirement): readonly string[] | undefined {
  if (allow === 'public') return undefined;
  return allow === 'signed in' ? [] : allow;
}

function pathsOf(controller: Type, handler: Handler): Pick<ApiRoute, 'path' | 'nested'> {
  const bases = listOf(Reflect.getMetadata(PATH_METADATA, controller));
  const paths = listOf(Reflect.getMetadata(PATH_METADATA, handler));
  const full = bases.flatMap((base) => paths.map((path) => [base, path].map(trimmed).filter(Boolean).join('/')));
  const [path = `/${full[0] ?? ''}`, ...others] = full
    .filter((each) => each.startsWith(PREFIX))
    .map((each) => `/${each}`);
  return { path, nested: others.filter((other) => idsIn(other) > idsIn(path)) };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const idsIn = (path: string) => path.split('/:').length;
const sortKey = ({ path, method }: ApiRoute) => `${path.replaceAll(':', '~')} ${METHODS.indexOf(method)}`;
const trimmed = (path: string) => path.replace(/^\/|\/$/g, '');
const listOf = (path: unknown): string[] => (Array.isArray(path) ? (path as string[]) : [String(path)]);

function schemas(controller: Type, name: string): Pick<ApiRoute, 'query' | 'body'> {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    { pipes?: PipeTransform[] }
  >;
  const pipes = Object.values(args).flatMap(({ pipes = [] }) => pipes);
  const schemaOf = (kind: typeof QueryPipe | typeof ZodPipe) =>
    pipes.find((pipe): pipe is QueryPipe<z.ZodType> | ZodPipe<z.ZodType> => pipe instanceof kind)?.schema;
  return { query: schemaOf(QueryPipe), body: schemaOf(ZodPipe) };
}
