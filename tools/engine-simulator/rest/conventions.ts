import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Engine } from '../engine';
import { localsOf } from '../api';
import { forbiddenQuery } from './answer';
import { sendPage } from './sending';

const CORRELATION_LENGTH = 36;
const htmlError = (text: string) => `<html><head><title>Error</title></head><body>${text}</body></html>`;

/** `/vms;max=3` means what `/vms?max=3` does. */
export function readMatrixParameters(request: Request, _response: Response, next: NextFunction): void {
  const [path = '', query] = request.url.split('?');
  const [plain = '', ...parameters] = path.split(';');
  request.url = [plain, [...parameters, query].filter(Boolean).join('&')].filter(Boolean).join('?');
  next();
}

/** What every request of 4.x goes through once it is authenticated (oVirt: VersionFilter.java, CORSSupportFilter.java). */
export function conventions(engine: Engine): RequestHandler {
  return (request, response, next) => {
    const correlationId = correlationIdOf(request);
    response.locals.correlationId = correlationId;
    if (engine.personality.major < 4) return refuseUnfiltered(engine, request, response, next);
    response.set('Correlation-Id', correlationId);
    const version = request.get('version') ?? '4';
    if (version === '3' || request.path.startsWith('/v3')) {
      return sendPage(response, 405, htmlError(`HTTP method ${request.method} is not supported by this URL`));
    }
    if (version !== '4') return sendPage(response, 400, htmlError('Bad Request'));
    if (!isAcceptable(request)) return void response.status(406).end();
    request.url = request.url.replace(/^\/v4(?=\/|$|\?)/, '') || '/';
    next();
  };
}

/** The caller's own, without what is no letter, digit, `_` or `-`; otherwise one made up. */
function correlationIdOf(request: Request): string {
  const fromUrl = request.query.correlation_id;
  const given = request.get('correlation-id') ?? (typeof fromUrl === 'string' ? fromUrl : '');
  return given.replaceAll(/[^\w-]/g, '').slice(0, CORRELATION_LENGTH) || randomUUID();
}

function isAcceptable(request: Request): boolean {
  const accepted = request.get('accept');
  if (accepted === undefined) return true;
  return accepted
    .split(',')
    .some((part) => /^\s*(application\/(json|xml|\*|x-virt-viewer|.*\+(json|xml))|\*\/\*)\s*(;|$)/.test(part));
}

/** 3.x refuses everyone but administrators when the query is not filtered; 4.x filters by itself. */
function refuseUnfiltered(engine: Engine, request: Request, response: Response, next: NextFunction): void {
  const { admin } = localsOf(response).caller;
  if (admin || request.get('filter') === 'true') return next();
  const fault = { reason: 'Operation Failed', detail: '[User is not authorized to perform this action.]' };
  response.status(engine.personality.minor < 4 ? 400 : 403).json(fault);
}

/** An ordinary user who asks unfiltered gets nothing but this. */
export function refuseUnfilteredOrdinary(request: Request, response: Response, next: NextFunction): void {
  const { admin } = localsOf(response).caller;
  if (admin || request.get('filter') !== 'false') return next();
  if (request.path === '/') return sendPage(response, 500, '<html><head><title>ERROR</title></head></html>');
  response.status(400).json(forbiddenQuery().fault);
}
