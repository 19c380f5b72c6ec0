import type { WireObject } from './encode';

/** What a route answers. JSON is the body unless `page` or `file` says otherwise; none of them is an empty body. */
export interface Answer {
  status: number;
  body?: WireObject;
  /** HTML. */
  page?: string;
  file?: { type: string; content: string };
  headers?: Record<string, string>;
}

/** A refusal: thrown from anywhere below a route, which makes it the answer. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly reason = 'Operation Failed',
  ) {
    super(detail);
  }

  get fault(): WireObject {
    return { reason: this.reason, detail: this.detail || undefined };
  }
}

/** Refused before the command begins: even an action does not wrap it. */
export class EarlyRefusal extends Refusal {}

/** A status without a body. */
export class Bare extends Error {
  constructor(readonly status: number) {
    super(String(status));
  }
}

/** Nobody's id, or one that the caller may not see: 404 without a body. */
export class NotFound extends Bare {
  constructor() {
    super(404);
  }
}

/** An unexpected fault of the engine: an HTML page, 500 unless said otherwise. */
export class Page extends Error {
  constructor(
    readonly page: string,
    readonly status = 500,
  ) {
    super(page);
  }
}

/** A command that the engine refuses: `texts` in brackets, joined by commas, as every command's messages are. */
export const refuse = (status: number, ...texts: string[]): Refusal => new Refusal(status, `[${texts.join(', ')}]`);

/** For want of a permission. */
export const forbidden = (): Refusal => refuse(403, 'User is not authorized to perform this action.');

/** A query that is for administrators; its text has no brackets and comes in lower case. */
export const forbiddenQuery = (): Refusal =>
  new Refusal(400, 'query execution failed due to insufficient permissions.');

/** Something that a body names and nobody has: `GetVmTemplate`, `Cluster: name=X`. */
export const unknownEntity = (what: string): Refusal => new Refusal(404, `Entity not found: ${what}`);

/** A field that must be there: `Vm [name] required for add`. */
export const incomplete = (detail: string): Refusal => new Refusal(400, detail, 'Incomplete parameters');

export const ok = (body: WireObject): Answer => ({ status: 200, body });

/** 201 with the new resource, or 202 where the engine has tasks to wait for. */
export function created(base: string, collection: string, body: WireObject, tasks?: string): Answer {
  const id = typeof body.id === 'string' ? body.id : '';
  const headers = { Location: `${base}/v4${base}/${collection}/${id}` };
  if (tasks === undefined) return { status: 201, body, headers };
  const pending = { rel: 'creation_status', href: `${base}/${collection}/${id}/creation_status/${tasks}` };
  const link = [...(Array.isArray(body.link) ? body.link : []), pending];
  return { status: 202, body: { ...body, creation_status: 'pending', link } };
}

/** The job of a command as its answer names it. */
export const jobReference = (base: string, id: string): WireObject => ({ id, href: `${base}/jobs/${id}` });

/** What DELETE and all commands answer that went well. */
export function complete(base: string, jobId?: string, more: WireObject = {}): Answer {
  return ok({ ...more, ...(jobId !== undefined && { job: jobReference(base, jobId) }), status: 'complete' });
}
