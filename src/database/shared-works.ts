import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Periodic } from '../common/periodic';
import { dialectRules } from '../common/sql-dialect';
import { Database } from './database';
import { UnitOfWork } from './unit-of-work';

interface Task {
  /** The same on all instances, unique. */
  name: string;
  everyMs: number;
  /** Gives up when the signal tells that the service stops, or that another instance is at it. */
  work: (signal: AbortSignal) => Promise<unknown>;
  /** Gets what the work throws, while the service runs. */
  onFailure: (error: unknown) => void;
}

/** An instance that is not heard of for so long is taken for dead. */
const LEASE_MS = 20_000;
const LOOK_MS = 10_000;

/**
 * Work that is done at the start and now and then again by one of the instances that share a database; when that one dies,
 * another does it.
 */
@Injectable()
export class SharedWorks implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly owner = randomUUID();
  private readonly all: Periodic[] = [];

  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {}

  /** Call it before the service has started. */
  add({ everyMs, onFailure, ...task }: Task): void {
    this.all.push(
      new Periodic({
        everyMs: Math.min(everyMs, LOOK_MS),
        work: (signal) => this.doIfDue({ everyMs, ...task }, signal),
        onFailure,
      }),
    );
  }

  onApplicationBootstrap(): void {
    for (const periodic of this.all) periodic.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.all.map((periodic) => periodic.stop()));
  }

  private async doIfDue(task: Omit<Task, 'onFailure'>, stopping: AbortSignal): Promise<void> {
    const { name, everyMs, work } = task;
    if (!(await this.isDue(name, everyMs)) || !(await this.take(name, everyMs))) return;
    const lost = new AbortController();
    const renewal = setInterval(() => void this.renew(name, lost), LEASE_MS / 4).unref();
    try {
      const given = AbortSignal.any([stopping, lost.signal]);
      await work(given);
      if (given.aborted)
        await this.giveBack(name); // another instance does it
      else await this.done(name);
    } finally {
      clearInterval(renewal); // after a failure it is tried again when the lease has run out
    }
  }

  /** Reads alone: mostly it is not. */
  private async isDue(name: string, everyMs: number): Promise<boolean> {
    const { nowMs } = dialectRules(this.database.dialect);
    const [row] = await this.database.query<{ due: boolean | 0 | 1 }>(
      `SELECT (lease_until IS NULL OR lease_until < ${nowMs}) AND (done_at IS NULL OR done_at <= ${nowMs} - ?) AS due
       FROM shared_works WHERE name = ?`,
      [everyMs, name],
    );
    return row === undefined || Boolean(row.due);
  }

  private take(name: string, everyMs: number): Promise<boolean> {
    return this.work.run(async (tx) => {
      const { nowMs } = dialectRules(tx.dialect);
      await tx.execute('INSERT INTO shared_works (name) VALUES (?) ON CONFLICT DO NOTHING', [name]);
      const taken = await tx.execute(
        `UPDATE shared_works SET owner = ?, lease_until = ${nowMs} + ${LEASE_MS}
         WHERE name = ? AND (lease_until IS NULL OR lease_until < ${nowMs}) AND (done_at IS NULL OR done_at <= ${nowMs} - ?)`,
        [this.owner, name, everyMs],
      );
      return taken === 1;
    });
  }

  private async renew(name: string, lost: AbortController): Promise<void> {
    const sql = `UPDATE shared_works SET lease_until = ${dialectRules(this.database.dialect).nowMs} + ${LEASE_MS} WHERE name = ? AND owner = ?`;
    const kept = await this.work.run((tx) => tx.execute(sql, [name, this.owner])).catch(() => 1); // the next try may tell
    if (kept === 0) lost.abort();
  }

  private async giveBack(name: string): Promise<void> {
    const sql = 'UPDATE shared_works SET owner = NULL, lease_until = NULL WHERE name = ? AND owner = ?';
    await this.work.run((tx) => tx.execute(sql, [name, this.owner]));
  }

  private async done(name: string): Promise<void> {
    const sql = `UPDATE shared_works SET owner = NULL, lease_until = NULL, done_at = ${dialectRules(this.database.dialect).nowMs}
       WHERE name = ? AND owner = ?`;
    await this.work.run((tx) => tx.execute(sql, [name, this.owner]));
  }
}
