import { Injectable } from '@nestjs/common';
import { AuditTrail, type AuditAuthor } from '../audit';
import { Signals, UnitOfWork, type Transaction } from '../database';
import { EnginePeople, type EngineRule } from './engine-people';
import type { ComputeResource } from './compute-resource.entity';

/** What a person did: `noun.verb`, as the audit trail has it. */
type Action = 'compute_resource.create' | 'compute_resource.update' | 'compute_resource.delete' | 'auth_source.update';

interface Changed {
  resource: ComputeResource;
  /** For the audit entry. */
  what: string;
}

/**
 * Changes of what is known of engines. With its commit every instance forgets what the engines were, and sessions of
 * those that sign nobody in are over. An engine says who people are: administrators alone change one that has people.
 */
@Injectable()
export class EngineChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: EnginePeople,
    private readonly trail: AuditTrail,
    private readonly signals: Signals,
  ) {}

  /** One unit of work with the rule that the author is under, and the audit entry. @throws AppError as `change` */
  byPerson(
    by: AuditAuthor,
    action: Action,
    change: (tx: Transaction, rule: EngineRule) => Promise<Changed>,
  ): Promise<ComputeResource> {
    return this.byService(async (tx) => {
      const { resource, what } = await change(tx, this.people.ruleFor(by.actor));
      await this.trail.change(by, action, resource.name, what, tx);
      return resource;
    });
  }

  /** What the service finds out by itself. */
  byService<T>(change: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.work.run(async (tx) => {
      const outcome = await change(tx);
      await this.people.endSessions(tx);
      await this.signals.notify(tx, 'engines');
      return outcome;
    });
  }

  /** @throws AppError forbidden */
  demandMayChange({ actor }: AuditAuthor, { engineId }: ComputeResource): Promise<void> {
    return this.work.run((tx) => this.people.ruleFor(actor)(tx, engineId));
  }
}
