import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../common/actor';
import { Clock } from '../common/clock';
import { UnitOfWork, storable } from '../database';

export interface AuditEntry {
  /** Login, certificate name or address. */
  actor: string;
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

/** Keeps who did what. Writing it never fails what is recorded. */
@Injectable()
export class AuditTrail {
  private readonly logger = new Logger(AuditTrail.name);

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** An administrative change that was made. @param source from `auditSource(request)` */
  change(actor: Actor, action: string, subject: string, source: AuditSource): Promise<void> {
    return this.record({ actor: actor.name, action, subject, outcome: 'ok', ...source });
  }

  async record({ outcome, ...entry }: AuditEntry): Promise<void> {
    const { actor, action, subject = '', reason = '', address = '', requestId = '' } = entry;
    const texts = [actor, action, subject, reason, address, requestId].map((text) => storable(text.slice(0, MAX_TEXT)));
    try {
      await this.work.run((tx) =>
        tx.execute(
          `INSERT INTO audits (at, outcome, actor, action, subject, reason, address, request_id)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          [this.clock.now().getTime(), outcome, ...texts],
        ),
      );
    } catch (error) {
      this.logger.error(error, `the audit trail misses ${action} by ${actor}`);
    }
  }
}

/** Where a request came from, for its audit entry. */
export function auditSource({ ip, id }: Request): AuditSource {
  return { address: ip ?? '', requestId: typeof id === 'string' ? id : '' };
}
