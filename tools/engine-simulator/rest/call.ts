import type { Request } from 'express';
import type { Engine } from '../engine';
import type { SimUser } from '../people/data';
import { NotFound } from './answer';

/** One authenticated request. */
export interface Call {
  engine: Engine;
  /** The path that the API is mounted at: `/ovirt-engine/api`. */
  base: string;
  caller: SimUser;
  /** Lists hold only what the caller has a permission for, and queries of administrators are refused. */
  filtered: boolean;
  request: Request;
  /** The JSON of a POST or PUT, otherwise empty. */
  body: Body;
  /** The caller's own, or one made up. */
  correlationId: string;
}

export type Body = Record<string, unknown>;

/** A parameter of the URL, empty when absent. */
export function parameter({ request }: Pick<Call, 'request'>, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value : '';
}

/** Whether a parameter is `true`. */
export const flag = (call: Call, name: string): boolean => parameter(call, name) === 'true';

/** Whether everything is to be shown, by the parameter or by the header. */
export function wantsAll(call: Call): boolean {
  return flag(call, 'all_content') || call.request.get('all-content') === 'true';
}

/** A part of the path by its name in the route. */
export function pathId({ request }: Call, name = 'id'): string {
  return String(request.params[name]).toLowerCase();
}

/** What is at a dotted path in a body: `cluster.id`. */
export function fieldOf(body: Body, path: string): unknown {
  return path.split('.').reduce<unknown>((of, name) => (isBody(of) ? of[name] : undefined), body);
}

/** The same as text, numbers and booleans included; undefined when absent. */
export function textOf(body: Body, path: string): string | undefined {
  const value = fieldOf(body, path);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** The same as a number; undefined when absent or none. */
export function numberOf(body: Body, path: string): number | undefined {
  const value = Number(textOf(body, path) ?? Number.NaN);
  return Number.isNaN(value) ? undefined : value;
}

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The item with this id. @throws {NotFound} */
export function itemOf<T extends { id: string }>(list: readonly T[], id: string): T {
  const found = list.find((item) => item.id === id);
  if (!found) throw new NotFound();
  return found;
}
