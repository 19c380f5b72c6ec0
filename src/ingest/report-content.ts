import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { invalid } from '../common/app-error';
import { inSlices } from '../common/slices';
import type { UploadLimits } from '../config';
import { storable } from '../database';
import { LOG_LEVELS, type LogLine, type Metrics } from '../reports';
import { demandValid } from '../web';
import type { IncomingReport, ReportOfHost } from './report-schema';
import { UPLOAD_LIMITS } from './upload-limits';

const SLICE = 200;

const text = z.string("can't be blank").transform(storable);
const lines = z.array(
  z
    .object(
      {
        log: z.object(
          {
            level: z.enum(LOG_LEVELS, {
              error: ({ input }) => `Invalid log level: ${typeof input === 'string' ? input : 'not a text'}`,
            }),
            sources: z.object({ source: text }, 'must be {"source": text}'),
            messages: z.object({ message: text }, 'must be {"message": text}'),
          },
          'must be {"level", "sources", "messages"}',
        ),
      },
      'must be {"log": {…}}',
    )
    .transform(({ log }): LogLine => ({ level: log.level, source: log.sources.source, message: log.messages.message })),
);

/** `@RequestBody(new ZodPipe(ReportUpload), ReportContent)`: the report with its lines and metrics, which may be many. */
@Injectable()
export class ReportContent implements PipeTransform<IncomingReport, Promise<ReportOfHost>> {
  constructor(@Inject(UPLOAD_LIMITS) private readonly limits: UploadLimits) {}

  async transform({ logs, metrics, ...report }: IncomingReport): Promise<ReportOfHost> {
    return { ...report, metrics: this.metricsOf(metrics ?? {}), logs: await this.linesOf(logs ?? []) };
  }

  private async linesOf(given: readonly unknown[]): Promise<LogLine[]> {
    const most = this.limits.lines;
    if (given.length > most) throw invalid('logs', `are more than ${most}; MAX_UPLOAD_LINES sets the limit`);
    const checked: LogLine[] = [];
    for await (const slice of inSlices(given, SLICE))
      checked.push(
        ...demandValid(lines, slice, ([index, ...path]) => ['logs', Number(index) + checked.length, ...path]),
      );
    return checked;
  }

  /** Metrics that are no numbers are passed over: nothing reads them. */
  private metricsOf(groups: Readonly<Record<string, unknown>>): Metrics {
    const most = this.limits.metrics;
    const metrics: [string, Record<string, number>][] = [];
    let count = 0;
    for (const [group, values] of Object.entries(groups)) {
      const entries = typeof values === 'object' && values !== null ? Object.entries(values) : [];
      count += Math.max(1, entries.length);
      if (count > most) throw invalid('metrics', `are more than ${most}; MAX_UPLOAD_METRICS sets the limit`);
      metrics.push([storable(group), Object.fromEntries(entries.flatMap(numberOf))]);
    }
    return Object.fromEntries(metrics);
  }
}

function numberOf([name, value]: [string, unknown]): [string, number][] {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? [[storable(name), number]] : [];
}
