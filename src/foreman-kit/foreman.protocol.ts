import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Protocols, demandJson, exactJson, sendJson, type BodyKind, type Failure, type Protocol } from '../web';
import { challengePrograms, sendForemanError } from './foreman-error';
import { FOREMAN_VERSION } from './foreman-version';

/** "id; name" of the one that a caller has chosen: there are none here. */
const ANY = '; ANY';

/** Foreman's REST API, its description for clients, and the external-node document: JSON both ways. */
@Injectable()
export class ForemanProtocol implements Protocol {
  readonly name = 'foreman';
  readonly credentials = ['authorization', 'session', 'uploader'];
  readonly atRoot = true;
  readonly framed = false;
  readonly crossOrigin = true;
  private description?: { readonly checksum: string };

  constructor(protocols: Protocols) {
    protocols.register(this, '/api', '/apidoc', '/node');
  }

  /** @param description of the API; clients keep it by its checksum, which every answer names */
  describedBy(description: { readonly checksum: string }): void {
    this.description = description;
  }

  /** What Foreman says of itself. */
  headers(response: Response): void {
    response.setHeader('Foreman_version', FOREMAN_VERSION);
    response.setHeader('Foreman_api_version', '2');
    response.setHeader('Apipie-Checksum', this.description?.checksum ?? '');
    response.setHeader('Foreman_current_organization', ANY);
    response.setHeader('Foreman_current_location', ANY);
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
