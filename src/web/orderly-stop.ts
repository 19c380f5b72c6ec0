import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { STOPPING } from './express-server';

/** So long callers that keep connections have to send one more request, whose answer tells them to close. */
const LAST_CALLS_MS = 2_000;
const LOOK_MS = 50;
/** With these and closing the database it stays within the 10 s that a stop may take. */
const PATIENCE_MS = 6_000;

/**
 * A stop finishes what was accepted and resets nobody: from the signal on each answer closes its connection, a little
 * later nobody new is let in, and those that do not go on sending are not waited for.
 */
@Injectable()
export class OrderlyStop implements OnModuleDestroy, BeforeApplicationShutdown {
  constructor(private readonly http: HttpAdapterHost) {}

  /** Nest calls it first of all. */
  onModuleDestroy(): void {
    this.server.emit(STOPPING);
  }

  /** Nest calls it before it closes the server. @param signal undefined: not told from outside, so nobody calls any more */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    const { server } = this;
    setTimeout(() => server.closeAllConnections(), PATIENCE_MS).unref();
    if (signal === undefined || !server.listening) return;
    const connections = promisify(server.getConnections.bind(server));
    const until = Date.now() + LAST_CALLS_MS;
    while (Date.now() < until && (await connections()) > 0) await pause(LOOK_MS);
  }

  private get server(): Server {
    return this.http.httpAdapter.getHttpServer() as Server;
  }
}
