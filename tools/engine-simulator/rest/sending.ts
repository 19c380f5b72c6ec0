import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';
import type { Engine } from '../engine';
import type { Answer } from './answer';
import { encode, type WireObject } from './encode';

/** Sends an answer in what the request asked for: JSON, or XML without more; packed where it may be. */
export function send(engine: Engine, request: Request, response: Response, answer: Answer): void {
  const { status, body, page, file, headers = {} } = answer;
  response.status(status);
  for (const [name, value] of Object.entries(headers)) {
    response.set(name, name === 'Location' ? `${request.protocol}://${request.host}${value}` : value);
  }
  if (page !== undefined) return sendPage(response, status, page);
  if (file) return void response.type(file.type).send(file.content);
  if (body === undefined) return void response.end();
  if (!asksForJson(request)) return sendXml(response, body);
  const json = JSON.stringify(encode(body, engine.personality));
  response.type('application/json');
  if (request.acceptsEncodings('gzip') !== 'gzip') return void response.send(json);
  response.set('Content-Encoding', 'gzip').send(gzipSync(json));
}

export function sendPage(response: Response, status: number, page: string): void {
  if (status === 500) response.removeHeader('Correlation-Id'); // the container's own page begins anew
  response.status(status).type('html').send(page);
}

/** Without `Accept` for JSON the engine speaks XML, in every version; only its being XML is simulated. */
function sendXml(response: Response, body: WireObject): void {
  const root = 'product_info' in body ? 'api' : (Object.keys(body)[0] ?? 'empty');
  response.type('application/xml').send(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${root}/>`);
}

function asksForJson(request: Request): boolean {
  const accepted = (request.get('accept') ?? '').split(',').map((part) => part.split(';')[0]?.trim());
  const [first] = accepted;
  return first === 'application/json' || (accepted.includes('application/json') && !accepted.includes('*/*'));
}
