import type { Request, Response, Router } from 'express';
import type { Engine } from './engine';
import { NotFound, Page, Refusal, type Answer } from './rest/answer';
import { isBody, type Call } from './rest/call';
import { readBody } from './rest/bodies';
import { send, sendPage } from './rest/sending';
import type { SimUser } from './people/data';

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Where a capability puts its routes; paths are those below the API's own. */
export class Api {
  constructor(
    readonly engine: Engine,
    readonly base: string,
    private readonly router: Router,
  ) {}

  get(path: string, handler: Handler): void {
    this.router.get(path, this.served(handler));
  }

  /** A new resource. `model` is the class of its body (`Vm`), whose unknown fields are refused. */
  post(path: string, model: string, handler: Handler): void {
    this.router.post(path, this.served(handler, model));
  }

  put(path: string, model: string, handler: Handler): void {
    this.router.put(path, this.served(handler, model));
  }

  delete(path: string, handler: Handler): void {
    this.router.delete(path, this.served(handler));
  }

  /** A command on a resource: a refusal is wrapped into the action, which says that it failed. */
  action(path: string, handler: Handler): void {
    const wrapped: Handler = async (call) => {
      try {
        return await handler(call);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { status: error.status, body: { fault: error.fault, status: 'failed' } };
      }
    };
    this.router.post(path, this.served(wrapped, 'Action'));
  }

  private served(handler: Handler, model?: string) {
    return async (request: Request, response: Response): Promise<void> => {
      try {
        const call = callOf(this, request, response, model);
        send(this.engine, request, response, await handler(call));
      } catch (error) {
        if (error instanceof Refusal) send(this.engine, request, response, { status: error.status, body: error.fault });
        else if (error instanceof NotFound) response.status(404).end();
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
