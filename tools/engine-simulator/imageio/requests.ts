import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { DiskFile } from './disk-file';
import type { Ticket } from './imageio';

/** What one request on a ticket does and answers (oVirt/ovirt-imageio: _internal/handlers/images.py; recordings 52-transfer/imageio-*). */

const CHECKSUM_BLOCK = 4 * 1024 * 1024;

export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export function sendOptions(response: ServerResponse, { throughNbd, writable }: Ticket): void {
  const features = ['checksum', 'extents', 'flush', 'zero'];
  const allow = writable ? 'OPTIONS,GET,PUT,PATCH' : 'OPTIONS,GET';
  sendJson(response, { features, max_readers: 8, max_writers: throughNbd ? 8 : 1 }, { allow });
}

/** Takes the body as it comes; of `Content-Range` only the start counts. */
export async function put(request: IncomingMessage, ticket: Ticket, cutAfter?: number): Promise<void> {
  demandWritable(ticket);
  const length = Number(request.headers['content-length'] ?? NaN);
  if (!Number.isInteger(length)) throw new Refusal(400, 'Content-Length header is required');
  const range = request.headers['content-range'];
  const start = range === undefined ? 0 : Number(/^bytes (\d+)-/.exec(range)?.[1] ?? NaN);
  if (!Number.isInteger(start)) throw new Refusal(400, `Invalid content-range: '${range}'`);
  demandInside(ticket, start, length);
  let at = start;
  for await (const piece of request as AsyncIterable<Buffer>) {
    await ticket.file.write(piece, at);
    at += piece.length;
    ticket.transferredBytes += piece.length;
    if (cutAfter !== undefined && at - start >= cutAfter) return void request.socket.destroy();
  }
}

const Change = z.discriminatedUnion('op', [
  z.object({ op: z.literal('flush') }),
  z.object({ op: z.literal('zero'), offset: z.number().default(0), size: z.number(), flush: z.boolean().optional() }),
]);

export async function patch(request: IncomingMessage, ticket: Ticket): Promise<void> {
  demandWritable(ticket);
  const wanted = z.looseObject({ op: z.unknown() }).safeParse(await jsonOf(request));
  if (!wanted.success) throw new Refusal(400, 'Invalid json message');
  const change = Change.safeParse(wanted.data);
  if (!change.success)
    throw new Refusal(
      400,
      `Unsupported value '${String(wanted.data.op)}' for 'op', expecting one of ['flush', 'zero']`,
    );
  if (change.data.op === 'flush') return;
  const { offset, size } = change.data;
  demandInside(ticket, offset, size);
  await ticket.file.zero(offset, size);
  ticket.transferredBytes += size;
}

export async function get(request: IncomingMessage, response: ServerResponse, ticket: Ticket): Promise<void> {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(first ?? 0);
  const end = last ? Number(last) + 1 : ticket.size;
  demandInside(ticket, start, end - start);
  const range = first === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${ticket.size}` };
  response.writeHead(first === undefined ? 200 : 206, {
    'content-length': end - start,
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    ...range,
  });
  for await (const piece of ticket.file.read(start, end - start)) {
    ticket.transferredBytes += piece.length;
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    if (response.destroyed) return;
  }
  response.end();
}

/** Through NBD it is known where zeros are; a file is one extent. */
export async function sendExtents(response: ServerResponse, { file, size, throughNbd }: Ticket): Promise<void> {
  const whole = { start: 0, length: await file.length(), zero: false, hole: false };
  sendJson(response, throughNbd ? await file.extents(size) : [whole]);
}

/** Of each block's digest; a real daemon's blake2b of 32 bytes is not in Node's crypto, hence SHA-256. */
export async function sendChecksum(response: ServerResponse, { file, size, throughNbd }: Ticket): Promise<void> {
  const checksum = await blockChecksum(file, throughNbd ? size : await file.length());
  sendJson(response, { algorithm: 'sha256', block_size: CHECKSUM_BLOCK, checksum });
}

async function blockChecksum(file: DiskFile, size: number): Promise<string> {
  const outer = createHash('sha256');
  for await (const block of file.read(0, size, CHECKSUM_BLOCK))
    outer.update(createHash('sha256').update(block).digest());
  return outer.digest('hex');
}

function demandWritable({ id, writable }: Ticket): void {
  if (!writable) throw new Refusal(403, `You are not allowed to access this resource: Ticket ${id} forbids write`);
}

function demandInside({ size }: Ticket, start: number, length: number): void {
  if (length >= 0 && start + length <= size) return;
  throw new Refusal(416, 'Requested range out of allowed range', { 'content-range': `bytes */${size}` });
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const sent = await text(request);
  try {
    return JSON.parse(sent);
  } catch {
    return undefined;
  }
}

function sendJson(response: ServerResponse, body: object, headers: Record<string, string> = {}): void {
  const json = JSON.stringify(body);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
    ...headers,
  });
  response.end(json);
}
