import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';

/** With closing the database it stays within the 10 s that a stop may take. */
const PATIENCE_MS = 6_000;

/** A stop waits for what was accepted, but not for callers that do not go on sending. */
@Injectable()
export class StalledConnections implements BeforeApplicationShutdown {
  constructor(private readonly http: HttpAdapterHost) {}

  /** Nest calls it before it waits for the server's connections to end. */
  beforeApplicationShutdown(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server;
    setTimeout(() => server.closeAllConnections(), PATIENCE_MS).unref();
  }
}
