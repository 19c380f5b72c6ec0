import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { dialectRules } from '../common/sql-dialect';
import type { DatabaseConfig } from '../config';
import type { Transaction } from './unit-of-work';

/**
 * What has changed: engines with what signs their people in, users with their roles and tokens, sessions, or access keys;
 * names of facts that were removed; `sign-ins`: a person can be asked for at their engine again.
 */
export type Topic = 'engines' | 'users' | 'sessions' | 'access keys' | 'fact names' | 'sign-ins';
/** @param about row id of what has changed; null where that was not told, or not heard: then it may be any */
type Listener = (about: number | null) => void;

const CHANNEL = 'foreman_ovirt';
const ABOUT = '#';
const RECONNECT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A PostgreSQL that hangs does not hold up a stop. */
const END_MS = 1_000;

/**
 * Tells whoever remembers something of a topic that it has changed: on this instance with the commit, on the others that
 * share a PostgreSQL at once after it (LISTEN and NOTIFY). While the connection is cut nothing is heard, so what is
 * remembered must be short-lived by itself (`Memo`).
 */
export class Signals implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Signals.name);
  private readonly listeners = new Map<string, Listener[]>();
  private client?: Client;
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(private readonly config: DatabaseConfig) {}

  on(topic: Topic, listener: Listener): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  /** The listeners run when the transaction is committed, and not at all when it is rolled back. */
  async notify(tx: Transaction, topic: Topic, about: number | null = null): Promise<void> {
    tx.afterCommit(() => this.tell(topic, about));
    const { notify } = dialectRules(tx.dialect);
    if (notify !== null) await tx.query(notify, [CHANNEL, about === null ? topic : `${topic}${ABOUT}${about}`]);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listen();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const end = this.client?.end().catch(() => undefined);
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, END_MS).unref())]);
  }

  private async listen(): Promise<void> {
    if (this.config.kind !== 'postgres') return;
    const client = new Client({
      connectionString: this.config.url,
      application_name: 'foreman-ovirt signals',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: CONNECT_TIMEOUT_MS,
    });
    this.client = client;
    client.on('error', () => undefined); // the end follows
    client.once('end', () => this.listenAgain());
    client.on('notification', ({ payload = '' }) => {
      const [topic = '', about] = payload.split(ABOUT);
      this.tell(topic, about === undefined ? null : Number(about));
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      for (const topic of this.listeners.keys()) this.tell(topic, null); // what was said meanwhile
    } catch (error) {
      this.logger.warn(error, 'changes by other instances are not heard of at once, but within a second');
      client.end().catch(() => undefined);
    }
  }

  private listenAgain(): void {
    if (!this.stopped) this.timer = setTimeout(() => void this.listen(), RECONNECT_MS).unref();
  }

  private tell(topic: string, about: number | null): void {
    for (const listener of this.listeners.get(topic) ?? []) listener(about);
  }
}
