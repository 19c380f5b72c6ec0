import { gzipSync } from 'node:zlib';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';

/** Something wrong with the engine or the way to it. */
export type Fault = {
  /** Only requests whose path starts so. */
  path?: string;
  /** Only requests of this method. */
  method?: string;
  /** How many requests it spoils; default: all until it is taken back. */
  times?: number;
} & (
  | { kind: 'slow'; delayMs: number }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Answers headers and half a body, then nothing. */
  | { kind: 'stall' }
  /** Drops the connection without an answer. */
  | { kind: 'cut' }
  /** Does what is asked and drops the connection before the answer: nobody knows whether it was done. */
  | { kind: 'cut_after' }
  /** Does what is asked and never answers. */
  | { kind: 'hang_after' }
  /** Drops the connection, and does what is asked only so much later. */
  | { kind: 'late'; delayMs: number }
  /** 200 with JSON's media type and bytes that are no JSON. */
  | { kind: 'garbage' }
  /** 200 with somebody else's JSON. */
  | { kind: 'foreign_json' }
  | { kind: 'captive_portal' }
  | { kind: 'redirect'; location: string }
  /** A 100 MB body. */
  | { kind: 'huge' }
  /** The same, packed into some 100 KB. */
  | { kind: 'huge_packed' }
  /** Says that it is packed, and is not. */
  | { kind: 'bad_gzip' }
  /** What Apache says while the engine starts. */
  | { kind: 'starting' }
  /** A fault that repeats the credentials it was given. */
  | { kind: 'echo' }
);

const HUGE_CHUNKS = 100;
const CHUNK = Buffer.alloc(1024 * 1024, ' ');

/** Applies the first fault that fits the request. */
export function faults(engine: { faults: Fault[] }): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const index = engine.faults.findIndex(
      ({ path, method }) => request.path.startsWith(path ?? '/') && (method ?? request.method) === request.method,
    );
    const fault = engine.faults[index];
    if (!fault) return next();
    if (fault.times !== undefined && --fault.times <= 0) engine.faults.splice(index, 1);
    spoil(fault, request, response, next);
  };
}

function spoil(fault: Fault, request: Request, response: Response, next: NextFunction): void {
  switch (fault.kind) {
    case 'slow':
      setTimeout(next, fault.delayMs).unref();
      return;
    case 'hang':
      return;
    case 'stall':
      return void response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 }).write('{"a"');
    case 'cut':
      return void request.socket.destroy();
    case 'cut_after':
      response.end = () => {
        request.socket.destroy();
        return response;
      };
      return next();
    case 'hang_after':
      response.end = () => response;
      return next();
    case 'late':
      return carryOutLate(fault.delayMs, request, response, next);
    case 'garbage':
      return void response.type('json').send('\u0000{]');
    case 'foreign_json':
      return void response.json({ id: 1, name: 'admin', surname: 'x', email: 'x@example.com' });
    case 'captive_portal':
      return void response.type('html').send('<html><title>Welcome to Hotel Wi-Fi</title></html>');
    case 'redirect':
      return void response.redirect(302, fault.location);
    case 'huge':
      return sendHuge(response);
    case 'huge_packed':
      return void response
        .type('json')
        .set('Content-Encoding', 'gzip')
        .end(gzipSync(Buffer.alloc(HUGE_CHUNKS * CHUNK.length, ' ')));
    case 'bad_gzip':
      return void response.type('json').set('Content-Encoding', 'gzip').end('{}');
    case 'starting':
      return void response.status(503).type('html').send('<html><title>503 Service Unavailable</title></html>');
    case 'echo': {
      const detail = `[${JSON.stringify(request.headers)} ${JSON.stringify(request.body ?? '')}]`;
      return void response.status(400).json({ reason: 'Operation Failed', detail });
    }
  }
}

/** The body is read while the connection lives. */
function carryOutLate(delayMs: number, request: Request, response: Response, next: NextFunction): void {
  express.raw({ type: () => true, limit: '16mb' })(request, response, () => {
    request.socket.destroy();
    setTimeout(next, delayMs).unref();
  });
}

function sendHuge(response: Response): void {
  response.type('json');
  let left = HUGE_CHUNKS;
  const more = () => {
    while (left > 0) {
      left -= 1;
      if (!response.write(CHUNK)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
}
