import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { AuditAuthor } from '../audit';
import { Clock } from '../common/clock';
import { UnitOfWork, storable } from '../database';
import { IdempotencyStore } from './idempotency.store';
import { OperationInputs } from './operation-inputs';
import type { ActsAs, Memo, Operation } from './operation';

/** What somebody wants done. */
export interface Wanted {
  kind: string;
  title: string;
  /** As the kind's schema reads it. */
  input: unknown;
  actsAs: ActsAs;
  computeResource: { id: number; name: string } | null;
  /** What is decided at the beginning, such as the id of what will be made. */
  memo?: Memo;
  /** Names of the kind's steps that are taken; absent: all. */
  steps?: readonly string[];
}

const MAX_TITLE = 255;

/** Makes operations of what people want. */
@Injectable()
export class OperationBeginnings {
  constructor(
    readonly work: UnitOfWork,
    readonly idempotency: IdempotencyStore,
    readonly inputs: OperationInputs,
    private readonly clock: Clock,
  ) {}

  of(by: AuditAuthor, wanted: Wanted, { steps }: { steps: readonly { name: string; title: string }[] }): Operation {
    return {
      id: randomUUID(),
      kind: wanted.kind,
      title: storable(wanted.title.slice(0, MAX_TITLE)),
      state: 'queued',
      waitingFor: null,
      waitingSince: null,
      progress: null,
      actsAs: wanted.actsAs,
      login: by.actor.name,
      computeResource: wanted.computeResource && { id: wanted.computeResource.id, name: wanted.computeResource.name },
      createdAt: this.clock.now(),
      startedAt: null,
      finishedAt: null,
      steps: steps
        .filter(({ name }) => wanted.steps?.includes(name) ?? true)
        .map(({ name, title }) => ({
          name,
          title,
          state: 'queued',
          progress: null,
          startedAt: null,
          finishedAt: null,
          endsAt: null,
          message: null,
        })),
      undoing: false,
      cancelRequested: false,
      memo: wanted.memo ?? {},
      error: null,
      leftBehind: [],
      result: null,
    };
  }
}
