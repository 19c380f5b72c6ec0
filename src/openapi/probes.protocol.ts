import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { challengePrograms, sendForemanError } from '../foreman-kit';
import { Protocols, demandJson, exactJson, sendJson, type BodyKind, type Failure, type Protocol } from '../web';

/** What monitoring and proxies ask for: JSON, and nobody's credentials. */
@Injectable()
export class ProbesProtocol implements Protocol {
  readonly name = 'probes';
  readonly credentials = [];
  readonly atRoot = false;
  readonly framed = false;
  readonly crossOrigin = true;

  constructor(protocols: Protocols) {
    protocols.register(this, '/healthz', '/readyz', '/status', '/status.json');
  }

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
    response.vary('Accept, Cookie');
    challengePrograms(response, failure);
    sendForemanError(response, failure);
  }
}
