import type { NextFunction, Request, Response } from 'express';
import { FOREMAN_VERSION } from './foreman-version';
import { isApi } from './wants-json';

/** "id; name" of the one that a caller has chosen: there are none here. */
const ANY = '; ANY';

/** What Foreman says of itself on every answer of its API, errors included. */
export function apiHeaders(apidoc: {
  readonly checksum: string;
}): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    if (isApi(request)) {
      response.setHeader('Foreman_version', FOREMAN_VERSION);
      response.setHeader('Foreman_api_version', '2');
      response.setHeader('Apipie-Checksum', apidoc.checksum);
      response.setHeader('Foreman_current_organization', ANY);
      response.setHeader('Foreman_current_location', ANY);
    }
    next();
  };
}
