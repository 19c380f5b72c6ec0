import { Injectable } from '@nestjs/common';
import { ForemanJson } from '../foreman-kit';
import { Protocols, type Protocol } from '../web';

/** What monitoring and proxies ask for: JSON, and nobody's credentials. */
@Injectable()
export class ProbesProtocol extends ForemanJson implements Protocol {
  readonly name = 'probes';
  readonly credentials = [];
  readonly atRoot = false;
  readonly framed = false;
  readonly crossOrigin = true;

  constructor(protocols: Protocols) {
    super();
    protocols.register(this, '/healthz', '/readyz', '/status', '/status.json');
  }
}
