import { DateTime } from 'luxon';
import { z } from 'zod';
import { COUNTERS, NO_COUNTERS, type Counters } from '../common/counters';
import { storable } from '../database';
import { LOG_LEVELS, type LogLine, type Metrics } from '../reports';

const MAX_COUNTER = 2_147_483_647;

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
        issue.code === 'unrecognized_keys' ? `has unknown counters: ${issue.keys.join(', ')}` : "can't be blank",
    },
  )
  .transform((given): Counters => ({
    ...NO_COUNTERS,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'number')),
  }));

/** Metrics that are no numbers are passed over: nothing reads them. */
const metrics = z
  .record(z.string(), z.unknown(), 'must be an object of groups')
  .nullish()
  .transform((groups): Metrics =>
    Object.fromEntries(Object.entries(groups ?? {}).map(([group, values]) => [storable(group), numbersOf(values)])),
  );

function numbersOf(values: unknown): Record<string, number> {
  if (typeof values !== 'object' || values === null) return {};
  return Object.fromEntries(
    Object.entries(values as Record<string, unknown>).flatMap(([name, value]) => {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? [[storable(name), number] as const] : [];
    }),
  );
}

const text = z.string("can't be blank").transform(storable);
const line = z
  .object(
    {
      log: z.object(
        {
          level: z.enum(LOG_LEVELS, { error: (issue) => `Invalid log level: ${String(issue.input)}` }),
          sources: z.object({ source: text }, 'must be {"source": text}'),
          messages: z.object({ message: text }, 'must be {"message": text}'),
        },
        'must be {"level", "sources", "messages"}',
      ),
    },
    'must be {"log": {…}}',
  )
  .transform(({ log }): LogLine => ({ level: log.level, source: log.sources.source, message: log.messages.message }));

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
    logs: z
      .array(line, 'must be a list')
      .nullish()
      .transform((lines) => lines ?? []),
    reporter: z.unknown().optional(),
  },
  'Invalid report',
);

/** What Puppet's and Ansible's clients post, under either wrapper key (Foreman: config_reports_controller.rb). */
export type IncomingReport = z.output<typeof report>;

export const ReportUpload = z
  .object(
    { config_report: z.unknown().optional(), report: z.unknown().optional() },
    'must be an object with config_report',
  )
  .transform((body): unknown => body.config_report ?? body.report)
  .pipe(report);
