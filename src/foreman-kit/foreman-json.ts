import type { Request, Response } from 'express';
import { demandJson, exactJson, sendJson, type BodyKind, type Failure } from '../web';
import { challengePrograms, sendForemanError } from './foreman-error';

/** What protocols have in common that are JSON both ways and tell errors as Foreman does. */
export abstract class ForemanJson {
  bodyOf(request: Request): BodyKind {
    demandJson(request);
    return 'json';
  }

  wantsData(): boolean {
    return true;
  }

  send(response: Response, body: object): void {
    sendJson(response, exactJson(body));
  }

  sendError(response: Response, failure: Failure): void {
    challengePrograms(response, failure);
    sendForemanError(response, failure, this.errorDetails(failure));
  }

  /** What an error tells beside what all of Foreman's do. */
  protected errorDetails(_failure: Failure): Record<string, unknown> {
    return {};
  }
}
