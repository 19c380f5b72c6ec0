import type { Request } from 'express';
import type { EnginePersonality } from '../versions';
import { Bare, Page, Refusal } from './answer';
import { isBody, textOf, type Body } from './call';
import { CLASSES, ENUMS, MODELS, type Kind } from './models';

const ERROR_PAGE = '<html><head><title>ERROR</title></head><body>Internal Server Error</body></html>';

/**
 * The JSON of a request, as Jackson reads it into a class of the model.
 * @throws {Refusal | Page} what the engine answers to other bodies
 */
export function readBody(request: Request, model: string, { major }: EnginePersonality): Body {
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  const type = request.get('content-type')?.split(';')[0]?.trim();
  if (type !== 'application/json' && type !== 'application/xml') throw new Bare(415);
  if (text.trim() === '' || text.trim() === 'null') throw new Page(ERROR_PAGE);
  const body = type === 'application/json' && !text.includes('\uFFFD') ? parse(text) : undefined;
  if (!isBody(body)) throw incorrect(request);
  if (major >= 4) check(request, body, model);
  return body;
}

/** What follows the JSON is ignored, as Jackson ignores it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const end = text.lastIndexOf('}');
    if (end < 0 || end === text.trimEnd().length - 1) return undefined;
    return parse(text.slice(0, end + 1));
  }
}

function incorrect(request: Request): Refusal {
  const path = request.originalUrl.replace(/^.*\/api\/?|[?#].*$/g, '');
  const service = path.replaceAll(/\/[0-9a-f-]{36}/g, '');
  const url = `${request.protocol}://${request.host}/ovirt-engine/apidoc#services/${service}/methods/add`;
  return new Refusal(400, `For correct usage, see: ${url}`, 'Request syntactically incorrect.');
}

function check(request: Request, body: Body, name: string): void {
  const model = MODELS[name];
  if (!model) return;
  for (const [field, value] of Object.entries(body)) {
    const kind = model[field];
    if (kind === undefined) throw unknownField(name, field);
    if (value === null) continue;
    if (!fits(value, kind) || !hasLists(field, value)) throw incorrect(request);
    const inner = CLASSES[field];
    if (inner !== undefined && isBody(value)) check(request, value, inner);
  }
  for (const [path, allowed] of Object.entries(ENUMS[name] ?? {})) {
    const value = textOf(body, path);
    if (value !== undefined && !allowed.includes(value)) throw incorrect(request);
  }
}

/** `nics` holds a list `nic`. */
function hasLists(field: string, value: unknown): boolean {
  if (!isBody(value)) return true;
  return Object.entries(value).every(([name, inner]) => field !== `${name}s` || Array.isArray(inner));
}

function unknownField(name: string, field: string): Page {
  const type = `org.ovirt.engine.api.model.${name}`;
  return new Page(`Unrecognized field &quot;${field}&quot; (class ${type}), not marked as ignorable`, 400);
}

function fits(value: unknown, kind: Kind): boolean {
  if (kind === 'object') return isBody(value);
  if (kind === 'list') return Array.isArray(value);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false;
  if (kind === 'flag') return ['true', 'false'].includes(String(value));
  return kind === 'text' || !Number.isNaN(Number(value));
}
