import { DateTime } from 'luxon';
import { z } from 'zod';
import { COUNTERS, NO_COUNTERS, type Counters } from '../common/counters';
import type { LogLine, Metrics } from '../reports';

const MAX_COUNTER = 2_147_483_647;
/** Names that a message repeats. */
const SHOWN = 10;

const counter = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\s*-?\d+\s*$/, 'is not a number')
        .transform(Number),
    ],
    'is not a number',
  )
  .refine(Number.isInteger, 'must be an integer')
  .refine((value) => value >= 0, 'must not be negative')
  .refine((value) => value <= MAX_COUNTER, 'is too large');

const status = z
  .strictObject(
    Object.fromEntries(COUNTERS.map((name) => [name, counter.nullish()])) as Record<
      keyof Counters,
      z.ZodOptional<z.ZodNullable<typeof counter>>
    >,
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `has unknown counters: ${issue.keys.slice(0, SHOWN).join(', ')}`
          : "can't be blank",
    },
  )
  .transform((given): Counters => ({
    ...NO_COUNTERS,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'number')),
  }));

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Not checked any further, and not copied: that takes long where they are many (report-content.ts). */
const metrics = z.custom<Tree>(isTree, 'must be an object of groups').nullish();
const logs = z.custom<readonly unknown[]>(Array.isArray, 'must be a list').nullish();

/**
 * The instant a client writes: ISO 8601, or Ruby's "2026-11-22 20:26:15 UTC" and Python's "2026-11-22 20:13:48+00:00".
 * Without a zone it is UTC. @returns null when it is none of these
 */
export function parseInstant(value: string): Date | null {
  const iso = value
    .trim()
    .replace(/ ?(UTC|GMT)$/, 'Z')
    .replace(/ ([+-]\d\d:?\d\d)$/, '$1')
    .replace(/^(\S{8,10}) /, '$1T');
  const zone = { zone: 'utc' };
  const at = [DateTime.fromISO(iso, zone), DateTime.fromRFC2822(value, zone)].find(({ isValid }) => isValid);
  return at?.toJSDate() ?? null;
}

const instant = z.string("can't be blank").transform((value, context) => {
  const at = parseInstant(value);
  if (at !== null) return at;
  context.addIssue(`is not a time: ${value.slice(0, 60)}; expected such as 2026-11-22 20:26:15 UTC`);
  return z.NEVER;
});

const report = z.object(
  {
    host: z.string("can't be blank"),
    reported_at: instant,
    status,
    metrics,
    logs,
    reporter: z.unknown().optional(),
  },
  'Invalid report',
);

/** What Puppet's and Ansible's clients post, under either wrapper key (Foreman: config_reports_controller.rb). */
export type IncomingReport = z.output<typeof report>;

/** The same with what it holds checked. */
export interface ReportOfHost extends Omit<IncomingReport, 'logs' | 'metrics'> {
  logs: readonly LogLine[];
  metrics: Metrics;
}

export const ReportUpload = z
  .object(
    { config_report: z.unknown().optional(), report: z.unknown().optional() },
    'must be an object with config_report',
  )
  .transform((body): unknown => body.config_report ?? body.report)
  .pipe(report);
