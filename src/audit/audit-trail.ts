import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { personLabel, type Actor } from '../common/actor';
import { Clock, MINUTE_MS } from '../common/clock';
import { networkOf } from '../common/ip-address';
import { UnitOfWork, storable, type SqlRunner } from '../database';
import { RecentCounts } from './recent-counts';

export interface AuditEntry {
  /** Who did it; of a refused login only what it claimed is known. */
  actor: Pick<Actor, 'name' | 'engineName'> | string;
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

/** Who changes something, and from where. */
export interface AuditAuthor {
  actor: Actor;
  source: AuditSource;
}

const MAX_TEXT = 500;

const REPEATS_MINUTES = 5;
/** As many as logins may fail in that time. */
const MAX_REPEATS = 30;
/** Each of these comes after that many refusals that are told. */
const TOLD_ONCE = 'too_many_attempts';

/** Keeps who did what. Writing it fails nothing, unless it is part of the change's own transaction. */
@Injectable()
export class AuditTrail {
  private readonly logger = new Logger(AuditTrail.name);
  private readonly refusals: RecentCounts;

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    this.refusals = new RecentCounts(clock, REPEATS_MINUTES * MINUTE_MS);
  }

  /**
   * An administrative change that was made.
   * @param what which fields became what, as `changesOf` tells
   * @param tx of the change: it and its entry are kept together, or neither
   */
  change({ actor, source }: AuditAuthor, action: string, subject: string, what = '', tx?: SqlRunner): Promise<void> {
    return this.record({ actor, action, subject, outcome: 'ok', reason: what, ...source }, tx);
  }

  /** A refusal. Strangers cause them, too: repeats from the same network are left out after some. */
  async refused({ reason = '', ...entry }: Omit<AuditEntry, 'outcome'>): Promise<void> {
    const count = this.refusals.add([networkOf(entry.address ?? ''), entry.action, reason].join('\n'));
    const last = reason === TOLD_ONCE ? 1 : MAX_REPEATS;
    if (count > last) return;
    const more = count === last ? ` (repeats are left out for ${REPEATS_MINUTES} minutes)` : '';
    await this.record({ ...entry, outcome: 'refused', reason: `${reason}${more}` });
  }

  /** @param tx of what is recorded: it and its entry are kept together, or neither */
  async record(entry: AuditEntry, tx?: SqlRunner): Promise<void> {
    if (tx !== undefined) return this.write(tx, entry);
    try {
      await this.work.run((own) => this.write(own, entry));
    } catch (error) {
      this.logger.error(error, `the audit trail misses ${entry.action} by ${nameOf(entry.actor)}`);
    }
  }

  private async write(tx: SqlRunner, { actor, outcome, action, ...entry }: AuditEntry): Promise<void> {
    const { subject = '', reason = '', address = '', requestId = '' } = entry;
    const texts = [nameOf(actor), action, subject, reason, address, requestId];
    await tx.execute(
      `INSERT INTO audits (at, outcome, actor, action, subject, reason, address, request_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [this.clock.now().getTime(), outcome, ...texts.map((text) => storable(text.slice(0, MAX_TEXT)))],
    );
  }
}

const nameOf = (actor: AuditEntry['actor']) => (typeof actor === 'string' ? actor : personLabel(actor));

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
