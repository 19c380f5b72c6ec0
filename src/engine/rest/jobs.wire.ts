import { z } from 'zod';
import type { EngineEvent, EngineJob, EngineStep } from '../ports';
import { guid, instant, list, number, reference, status, text } from '../wire';

/** 3.x writes words in capitals. */
const state = status.transform((word) => word.toLowerCase());

export const job = z
  .object({
    id: guid,
    description: text,
    status: state.nullish(),
    start_time: instant,
    end_time: instant,
  })
  .transform((of): EngineJob => ({
    id: of.id,
    description: of.description ?? '',
    status: of.status ?? 'unknown',
    startedAt: of.start_time,
    endedAt: of.end_time,
  }));
export const jobs = list('job', job);

export const steps = list(
  'step',
  z
    .object({ id: guid, description: text, status: state.nullish(), progress: number.nullish() })
    .transform((of): EngineStep => ({
      id: of.id,
      description: of.description ?? '',
      status: of.status ?? 'unknown',
      progress: of.progress ?? null,
    })),
);

export const events = list(
  'event',
  z
    .object({
      id: z.coerce.string(),
      code: number,
      severity: z.string(),
      description: text,
      time: instant,
      correlation_id: text,
      vm: reference.nullish(),
    })
    .transform((of): EngineEvent => ({
      id: of.id,
      code: of.code,
      severity: of.severity,
      description: of.description ?? '',
      at: of.time,
      correlationId: of.correlation_id,
      vmId: of.vm?.id ?? null,
    })),
);
