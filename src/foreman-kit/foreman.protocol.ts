import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Response } from 'express';
import { Protocols, type Failure, type Protocol } from '../web';
import { ForemanJson } from './foreman-json';
import { FOREMAN_VERSION } from './foreman-version';

/** "id; name" of the one that a caller has chosen: there are none here. */
const ANY = '; ANY';

/** Foreman's REST API, its description for clients, and the external-node document: JSON both ways. */
@Injectable()
export class ForemanProtocol extends ForemanJson implements Protocol, OnApplicationBootstrap {
  readonly name = 'foreman';
  readonly credentials = ['access_key', 'authorization', 'session', 'uploader'];
  readonly atRoot = true;
  readonly framed = false;
  readonly crossOrigin = true;
  private description?: { readonly checksum: string };

  constructor(protocols: Protocols) {
    super();
    protocols.register(this, '/api', '/apidoc', '/node');
  }

  /** @param description of the API; clients keep it by its checksum, which every answer names */
  describedBy(description: { readonly checksum: string }): void {
    this.description = description;
  }

  onApplicationBootstrap(): void {
    if (this.description === undefined) throw new Error('nobody describes the API');
  }

  /** What Foreman says of itself. */
  headers(response: Response): void {
    response.setHeader('Foreman_version', FOREMAN_VERSION);
    response.setHeader('Foreman_api_version', '2');
    response.setHeader('Apipie-Checksum', this.description?.checksum ?? '');
    response.setHeader('Foreman_current_organization', ANY);
    response.setHeader('Foreman_current_location', ANY);
  }

  protected override errorDetails({ code }: Failure): Record<string, unknown> {
    return code === 'search_syntax' ? { class: 'ScopedSearch::QueryNotSupported' } : {};
  }
}
