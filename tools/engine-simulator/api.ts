import type { Request, Response, Router } from 'express';
import type { Engine } from './engine';
import { Bare, EarlyRefusal, Page, Refusal, type Answer } from './rest/answer';
import { isBody, type Call } from './rest/call';
import { readBody } from './rest/bodies';
import { wireOf } from './rest/encode';
import { checkFollowed } from './rest/follow';
import { send, sendPage } from './rest/sending';
import type { SimUser } from './people/data';

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Where a capability puts its routes; paths are those below the API's own. */
export class Api {
  private readonly methods = new Map<string, Set<string>>();

  constructor(
    readonly engine: Engine,
    readonly base: string,
    private readonly router: Router,
  ) {}

  get(path: string, handler: Handler): void {
    this.remember(path, 'HEAD', 'GET');
    this.router.get(path, this.served(handler));
  }

  /** A new resource. `model` is the class of its body (`Vm`), whose unknown fields are refused. */
  post(path: string, model: string, handler: Handler): void {
    this.remember(path, 'POST');
    this.router.post(path, this.served(handler, model));
  }

  put(path: string, model: string, handler: Handler): void {
    this.remember(path, 'PUT');
    this.router.put(path, this.served(handler, model));
  }

  delete(path: string, handler: Handler): void {
    this.remember(path, 'DELETE');
    this.router.delete(path, this.served(handler));
  }

  /** A command on a resource: its answer is what was posted, and a refusal is wrapped into that. */
  action(path: string, handler: Handler): void {
    const wrapped: Handler = async (call) => {
      const echo = wireOf(call.body);
      try {
        const answer = await handler(call);
        return answer.body ? { ...answer, body: { ...echo, ...answer.body } } : answer;
      } catch (error) {
        if (!(error instanceof Refusal) || error instanceof EarlyRefusal) throw error;
        return { status: error.status, body: { ...echo, fault: error.fault, status: 'failed' } };
      }
    };
    this.remember(path, 'POST');
    this.router.post(path, this.served(wrapped, 'Action'));
  }

  /** After all routes: other methods on their paths are 405, and OPTIONS names those that there are. */
  refuseOtherMethods(): void {
    for (const [path, methods] of this.methods) {
      const allow = [...methods, 'OPTIONS'].join(', ');
      this.router.all(path, (request, response) => {
        response.set('Allow', allow);
        if (request.method === 'OPTIONS') response.type('text').send(allow);
        else response.status(405).end();
      });
    }
  }

  private remember(path: string, ...methods: string[]): void {
    const known = this.methods.get(path) ?? new Set();
    for (const method of methods) known.add(method);
    this.methods.set(path, known);
  }

  private served(handler: Handler, model?: string) {
    return async (request: Request, response: Response): Promise<void> => {
      try {
        const call = callOf(this, request, response, model);
        send(this.engine, request, response, checkFollowed(call, await handler(call)));
      } catch (error) {
        if (error instanceof Refusal) send(this.engine, request, response, { status: error.status, body: error.fault });
        else if (error instanceof Bare) response.status(error.status).end();
        else if (error instanceof Page) sendPage(response, error.status, error.page);
        else throw error;
      }
    };
  }
}

function callOf({ engine, base }: Api, request: Request, response: Response, model?: string): Call {
  const { caller, correlationId } = localsOf(response);
  const body = model === undefined ? {} : readBody(request, model, engine.personality);
  const filter = request.get('filter');
  const isOrdinary = engine.personality.major >= 4 && !caller.admin && filter !== 'false';
  return { engine, base, caller, correlationId, request, body, filtered: filter === 'true' || isOrdinary };
}

/** What authentication and the conventions found out about a request. */
export function localsOf({ locals }: Response): { caller: SimUser; correlationId: string } {
  const { user, correlationId } = locals as { user?: SimUser; correlationId?: string };
  if (!isBody(user)) throw new Error('The request came past authentication');
  return { caller: user, correlationId: correlationId ?? '' };
}
