import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificates } from '../certificates';
import type { DiskFile } from './disk-file';
import { Refusal, get, patch, put, sendChecksum, sendExtents, sendOptions } from './requests';

/** The right to one disk's bytes, as the engine gives it to the daemon of a host. */
export interface Ticket {
  id: string;
  file: DiskFile;
  /** How far may be read and written, in bytes. */
  size: number;
  writable: boolean;
  /** Whether guest bytes are sent, which the host converts to the disk's format. */
  throughNbd: boolean;
  transferredBytes: number;
  /** Epoch milliseconds of the last request. */
  lastUsedAt: number;
}

/**
 * A host's ovirt-imageio daemon on a port of its own: takes and gives real bytes for tickets, and asks nobody for
 * credentials (oVirt/ovirt-imageio 2.5).
 */
export class ImageioDaemon {
  private readonly tickets = new Map<string, Ticket>();
  private cutAfter?: number;

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly now: () => number,
  ) {}

  /** On loopback, with the engine's certificate where it has one. */
  static async start({
    certificates,
    now,
  }: {
    certificates?: Certificates;
    now: () => number;
  }): Promise<ImageioDaemon> {
    const server: Server = certificates ? createHttpsServer(certificates) : createHttpServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const daemon = new ImageioDaemon(server, `http${certificates ? 's' : ''}://127.0.0.1:${port}`, now);
    server.on('request', (request, response) => void daemon.answer(request, response));
    return daemon;
  }

  /** @returns where the ticket's bytes are */
  add(ticket: Omit<Ticket, 'transferredBytes' | 'lastUsedAt'>): string {
    this.tickets.set(ticket.id, { ...ticket, transferredBytes: 0, lastUsedAt: this.now() });
    return `${this.url}/images/${ticket.id}`;
  }

  find(id: string): Ticket | undefined {
    return this.tickets.get(id);
  }

  remove(id: string): void {
    this.tickets.delete(id);
  }

  /** Drops the connection of the next PUT once so many of its bytes are there. */
  cutNextPutAfter(bytes: number): void {
    this.cutAfter = bytes;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('server', 'imageio/2.5.1');
    try {
      await this.serve(request, response);
      if (!response.headersSent) response.writeHead(200, { 'content-length': 0 }).end();
    } catch (error) {
      if (request.destroyed && !request.complete) return; // the client has gone
      refuse(response, error);
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    const [, id, part] = /^\/images\/([^/]+)(?:\/(extents|checksum))?$/.exec(pathname) ?? [];
    if (id === undefined) throw new Refusal(404, `No handler for '${pathname}'`);
    const ticket = this.tickets.get(id);
    if (!ticket) throw new Refusal(403, `You are not allowed to access this resource: No such ticket ${id}`);
    ticket.lastUsedAt = this.now();
    if (part === 'extents') return sendExtents(response, ticket);
    if (part === 'checksum') return sendChecksum(response, ticket);
    switch (request.method) {
      case 'OPTIONS':
        return sendOptions(response, ticket);
      case 'GET':
        return get(request, response, ticket);
      case 'PATCH':
        return patch(request, ticket);
      case 'PUT':
        return put(request, ticket, this.takeCut());
      default:
        throw new Refusal(405, `Invalid method ${String(request.method)}`);
    }
  }

  private takeCut(): number | undefined {
    const { cutAfter } = this;
    this.cutAfter = undefined;
    return cutAfter;
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  const { status, message, headers } = error instanceof Refusal ? error : new Refusal(500, String(error));
  const text = `${message}\n`;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=UTF-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
