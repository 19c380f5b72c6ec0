import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as after } from 'node:timers/promises';
import { AppError } from '../common/app-error';
import { Periodic } from '../common/periodic';
import { Database } from '../database';

const PATIENCE_MS = 2_000;
const LOOK_EVERY_MS = 5_000;

/** Whether the service can serve: its database can be read and, as far as was tried, written, and has our schema. */
@Injectable()
export class Readiness implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Readiness.name);
  private isReady = true;
  private stopping = false;
  private asked?: Promise<void>;
  private readonly looking = new Periodic({
    everyMs: LOOK_EVERY_MS,
    work: () => this.look(),
    onFailure: (error) => this.logger.error(error, 'readiness is not known'),
  });

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.looking.start();
  }

  /** What comes while the service stops is still served, but is better sent elsewhere. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.looking.stop();
  }

  /** Many may ask: the database is asked once for all of them. @throws AppError unavailable, with the reason */
  async check(): Promise<void> {
    if (this.stopping) throw new AppError('unavailable', 'The service is stopping', { reason: 'stopping' });
    this.asked ??= this.ask().finally(() => (this.asked = undefined));
    return this.asked;
  }

  private async ask(): Promise<void> {
    const giveUp = new AbortController();
    const silence = after(PATIENCE_MS, undefined, { signal: giveUp.signal }).then(() => {
      const message = `The database does not answer within ${PATIENCE_MS / 1_000} s: try again soon`;
      throw new AppError('unavailable', message, { reason: 'database_away' });
    });
    silence.catch(() => undefined); // given up
    await Promise.race([this.database.check(), silence]).finally(() => giveUp.abort());
  }

  /** The log tells when it changes. */
  private async look(): Promise<void> {
    const fault = await this.check().then(
      () => null,
      (error: unknown) => error,
    );
    if (fault !== null && this.isReady) this.logger.error(fault, 'not ready');
    if (fault === null && !this.isReady) this.logger.log('ready again');
    this.isReady = fault === null;
  }
}
