import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../common/actor';
import { Clock } from '../common/clock';
import { UnitOfWork, storable, type SqlRunner } from '../database';
import type { Author } from './author';

export interface AuditEntry {
  /** Who did it; of a refused login only what it claimed is known. */
  actor: Actor | string;
  /** `noun.verb`, e.g. "user.update"; "login" for sign-ins. */
  action: string;
  /** What it was done to, by its name. */
  subject?: string;
  outcome: 'ok' | 'refused';
  /** Why it was refused, or what else is worth knowing. Never a secret. */
  reason?: string;
  /** From `auditSource(request)`. */
  address?: string;
  requestId?: string;
}

export interface AuditSource {
  address: string;
  requestId: string;
}

const MAX_TEXT = 500;

/** Keeps who did what. Writing it fails nothing, unless it is part of the change's own transaction. */
@Injectable()
export class AuditTrail {
  private readonly logger = new Logger(AuditTrail.name);

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * An administrative change that was made.
   * @param what which fields became what, as `changesOf` tells
   * @param tx of the change: it and its entry are kept together, or neither
   */
  change({ actor, source }: Author, action: string, subject: string, what = '', tx?: SqlRunner): Promise<void> {
    return this.record({ actor, action, subject, outcome: 'ok', reason: what, ...source }, tx);
  }

  async record(entry: AuditEntry, tx?: SqlRunner): Promise<void> {
    if (tx !== undefined) return this.write(tx, entry);
    const { actor, action } = entry;
    try {
      await this.work.run((own) => this.write(own, entry));
    } catch (error) {
      this.logger.error(error, `the audit trail misses ${action} by ${typeof actor === 'string' ? actor : actor.name}`);
    }
  }

  private async write(tx: SqlRunner, { actor, outcome, action, ...entry }: AuditEntry): Promise<void> {
    const { subject = '', reason = '', address = '', requestId = '' } = entry;
    const by = typeof actor === 'string' ? actor : await nameOf(tx, actor);
    const texts = [by, action, subject, reason, address, requestId].map((text) => storable(text.slice(0, MAX_TEXT)));
    await tx.execute(
      `INSERT INTO audits (at, outcome, actor, action, subject, reason, address, request_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [this.clock.now().getTime(), outcome, ...texts],
    );
  }
}

/** `admin@internal` is somebody at each engine: people are told apart by the names of its compute resources. */
async function nameOf(tx: SqlRunner, { name, engineId }: Actor): Promise<string> {
  if (engineId === undefined) return name;
  const resources = await tx.query<{ name: string }>(
    'SELECT name FROM compute_resources WHERE engine_id = ? ORDER BY id',
    [engineId],
  );
  return `${name} (${resources.map((each) => each.name).join(', ')})`;
}

/**
 * What a change made of something, for its audit entry: `url: a → b; password`.
 * @param shown fields that are told with both values
 * @param named fields that are only named, being secret or long
 */
export function changesOf<Field extends string>(
  before: Record<Field, Told>,
  after: Record<Field, Told>,
  shown: readonly Field[],
  named: readonly Field[] = [],
): string {
  const isChanged = (field: Field) => textOf(before[field]) !== textOf(after[field]);
  return [
    ...shown.filter(isChanged).map((field) => `${field}: ${textOf(before[field])} → ${textOf(after[field])}`),
    ...named.filter(isChanged),
  ].join('; ');
}

type Told = string | number | boolean | readonly string[] | null;

const textOf = (value: Told) => (value === null || value === '' ? 'none' : String(value));

/** Where a request came from, for its audit entry. */
export function auditSource({ ip, id }: Request): AuditSource {
  return { address: ip ?? '', requestId: typeof id === 'string' ? id : '' };
}
