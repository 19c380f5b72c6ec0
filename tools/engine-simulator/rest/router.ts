import express, { Router } from 'express';
import { Api, localsOf } from '../api';
import * as catalogue from '../catalogue/routes';
import * as disks from '../disks/routes';
import type { Engine } from '../engine';
import * as events from '../events/routes';
import * as images from '../images/routes';
import * as jobs from '../jobs/routes';
import * as networks from '../networks/routes';
import * as people from '../people/routes';
import * as places from '../places/routes';
import * as quotas from '../quotas/routes';
import * as storage from '../storage/routes';
import * as templates from '../templates/routes';
import * as transfers from '../transfers/routes';
import * as vms from '../vms/routes';
import { conventions, readMatrixParameters, refuseUnfilteredOrdinary } from './conventions';
import * as root from './root';

/** Each puts its own routes, in a folder of its own. */
const CAPABILITIES = [root, people, places, vms, templates, disks, storage, networks, images, catalogue];
/** What nobody asks an engine before 3.4 for. */
const NEW_CAPABILITIES = [jobs, events, quotas, transfers];
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const BODY_LIMIT = '16mb';

/** The REST resources below one API path, for callers whom `authentication` let in. */
export function restApi(engine: Engine, base: string): Router {
  const router = Router();
  const isNew = engine.personality.major >= 4;
  router.use(readMatrixParameters, conventions(engine));
  if (isNew) router.use((request, response, next) => refuseUnfilteredOrdinary(request, response, next));
  router.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
  router.param('id', (_request, response, next, id: string) => {
    if (GUID.test(id) || isNew) return next();
    response.status(400).type('text').send(`Invalid UUID string: ${id}`);
  });
  const api = new Api(engine, base, router);
  for (const capability of [...CAPABILITIES, ...(engine.personality.beanNames ? [] : NEW_CAPABILITIES)])
    capability.register(api);
  if (isNew) api.refuseOtherMethods();
  router.use((request, response) => {
    localsOf(response);
    if (!isNew) return void response.status(request.method === 'GET' ? 404 : 405).end();
    const url = `${request.protocol}://${request.host}${base}/v4${request.path}`;
    response.status(404).type('html').send(`RESTEASY003210: Could not find resource for full path: ${url}`);
  });
  return router;
}
