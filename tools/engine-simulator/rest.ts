import { gzipSync } from 'node:zlib';
import { Router, type NextFunction, type Request, type Response } from 'express';
import { encode, type WireObject } from './encode';
import type { SimUser, SimVm } from './data';
import type { Engine } from './engine';
import * as representation from './representations';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const PAGE = 100;

/** The REST resources below one API path; `response.locals.user` is the authenticated caller. */
export function restApi(engine: Engine, base: string): Router {
  const router = Router();
  const { data } = engine;
  const send = (request: Request, response: Response, body: WireObject) => sendJson(engine, request, response, body);
  const isFiltered = (request: Request, caller: SimUser) =>
    request.get('filter') === 'true' || (engine.personality.major >= 4 && !caller.admin);

  router.use((request, response, next) => refuseUnfiltered(engine, request, response, next));
  router.param('id', (_request, response, next, id: string) => refuseMalformedId(engine, response, next, id));

  router.get('/', (request, response) => {
    const caller = response.locals.user as SimUser;
    const isDenied = engine.personality.major >= 4 && !caller.admin && request.get('filter') === 'false';
    if (isDenied) return void response.status(500).type('html').send('<html><head><title>ERROR</title></head></html>');
    send(request, response, representation.root(engine, base, caller, isFiltered(request, caller)));
  });
  router.get('/users', (request, response) => {
    const caller = response.locals.user as SimUser;
    const onlyCaller = engine.personality.filteredUsersAreCaller && isFiltered(request, caller);
    const users = onlyCaller ? [caller] : data.users;
    send(request, response, { user: users.map((user) => representation.user(engine, base, user)) });
  });
  router.get('/users/:id', (request, response) => {
    const user = byId(data.users, request.params.id);
    if (!user) return void response.status(404).end();
    send(request, response, representation.user(engine, base, user));
  });
  router.get('/datacenters', (request, response) =>
    send(request, response, { data_center: data.dataCenters.map((of) => representation.dataCenter(engine, base, of)) }),
  );
  router.get('/clusters', (request, response) =>
    send(request, response, { cluster: data.clusters.map((of) => representation.cluster(base, of)) }),
  );
  vmResources(engine, base, router, send);
  router.use((request, response) => void response.status(request.method === 'GET' ? 404 : 405).end());
  return router;
}

type Send = (request: Request, response: Response, body: WireObject) => void;

function vmResources(engine: Engine, base: string, router: Router, send: Send): void {
  const { data, personality } = engine;
  const oneVm = (path: string, body: (vm: SimVm, request: Request) => WireObject) =>
    router.get(`/vms/:id${path}`, (request, response) => {
      const vm = byId(data.vms, request.params.id);
      if (!vm) return void response.status(404).end();
      send(request, response, body(vm, request));
    });
  const follows = (request: Request, link: string) =>
    personality.follow && queryText(request, 'follow').split(',').includes(link);

  router.get(/^\/vms(?:;max=(\d+))?$/, (request, response) => {
    const max = Number(request.params[0] ?? request.query.max ?? PAGE);
    const search = queryText(request, 'search');
    const page = Number(/\bpage (\d+)/.exec(search)?.[1] ?? 1);
    const size = Math.min(max, PAGE);
    const name = /^name="([^"]*)"/.exec(search)?.[1];
    const wanted = data.vms.filter((vm) => name === undefined || vm.name.toLowerCase() === name.toLowerCase());
    const sorted = wanted.sort((a, b) => (a.name < b.name ? -1 : 1));
    const rows = sorted.slice((page - 1) * size, page * size);
    send(request, response, { vm: rows.map((vm) => representation.vm(engine, base, vm)) });
  });
  oneVm('', (vm) => representation.vm(engine, base, vm));
  oneVm('/nics', (vm) => ({ nic: vm.nics.map((nic) => representation.nic(base, vm.id, nic)) }));
  oneVm('/reporteddevices', (vm) => ({ reported_device: vm.nics.map(representation.reportedDevice) }));
  if (personality.major < 4) {
    oneVm('/disks', (vm) => ({ disk: vm.disks.map((disk) => representation.disk(base, disk, engine)) }));
    return;
  }
  oneVm('/graphicsconsoles', (vm) => ({ graphics_console: representation.graphicsConsoles(vm) }));
  oneVm('/diskattachments', (vm, request) => ({
    disk_attachment: vm.disks.map((disk) =>
      representation.diskAttachment(base, disk, engine, follows(request, 'disk')),
    ),
  }));
  router.get('/disks/:id', (request, response) => {
    const disks = data.vms.flatMap((vm) => vm.disks);
    const disk = byId(disks, request.params.id);
    if (!disk) return void response.status(404).end();
    send(request, response, representation.disk(base, disk, engine));
  });
}

function queryText(request: Request, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value : '';
}

function byId<T extends { id: string }>(list: T[], id: unknown): T | undefined {
  return list.find((item) => item.id === String(id).toLowerCase());
}

/** Without `Accept: application/json` the engine speaks XML, in every version; it packs what is asked for packed. */
function sendJson({ personality }: Engine, request: Request, response: Response, body: WireObject): void {
  if (!(request.get('accept') ?? '').startsWith('application/json')) {
    return void response.type('application/xml').send('<?xml version="1.0" encoding="UTF-8"?><api/>');
  }
  const json = JSON.stringify(encode(body, personality));
  response.type('application/json');
  if (request.acceptsEncodings('gzip') !== 'gzip') return void response.send(json);
  response.set('Content-Encoding', 'gzip').send(gzipSync(json));
}

/** 3.x refuses everyone but administrators when the query is not filtered; 4.x filters by itself. */
function refuseUnfiltered({ personality }: Engine, request: Request, response: Response, next: NextFunction): void {
  const { admin } = response.locals.user as SimUser;
  if (admin || personality.major >= 4 || request.get('filter') === 'true') return next();
  const fault = { reason: 'Operation Failed', detail: '[User is not authorized to perform this action.]' };
  response.status(personality.minor < 4 ? 400 : 403).json(fault);
}

/** An unknown id is 404 without a body, a malformed one 400 (oVirt: MalformedIdExceptionMapper.java). */
function refuseMalformedId({ personality }: Engine, response: Response, next: NextFunction, id: string): void {
  if (GUID.test(id)) return next();
  const text = `Invalid UUID string: ${id}`;
  if (personality.major < 4) response.status(400).type('text').send(text);
  else response.status(400).json({ reason: 'Invalid value', detail: text });
}
