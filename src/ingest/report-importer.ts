import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { invalid } from '../common/app-error';
import { Clock, DAY_MS } from '../common/clock';
import type { Counters } from '../common/counters';
import { UnitOfWork, type Transaction } from '../database';
import { HostStatusStore, HostStore, hostName } from '../hosts';
import { ReportStore, type Metrics, type NewReport, type Origin } from '../reports';
import { mustSpeakFor } from './own-host';
import { clientOf } from './report-origin';
import type { ReportOfHost } from './report-schema';
import { runTime } from './run-time';

/** A stored report, or, with `id` null, one of an unknown host while CREATE_HOSTS_ON_UPLOAD is off. */
export interface ImportedReport {
  id: number | null;
  hostId: number | null;
  hostName: string;
  reportedAt: Date;
  counters: Counters;
  origin: Origin;
  metrics: Metrics;
  createdAt: Date;
}

@Injectable()
export class ReportImporter {
  constructor(
    private readonly work: UnitOfWork,
    private readonly hosts: HostStore,
    private readonly reports: ReportStore,
    private readonly status: HostStatusStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a report, durably and completely or not at all; the host is made when unknown.
   * @throws AppError forbidden when the actor may not speak for that host; invalid naming the field
   */
  async import(actor: Actor, report: ReportOfHost): Promise<ImportedReport> {
    const name = hostName(report.host, 'host');
    mustSpeakFor(actor, name);
    const now = this.clock.now();
    if (report.reported_at.getTime() > now.getTime() + DAY_MS)
      throw invalid('reported_at', 'is more than a day ahead; check the clock of the host');
    const origin = clientOf(report);
    return this.work.run((tx) => this.store(tx, name, { ...report, origin }, now));
  }

  private async store(
    tx: Transaction,
    name: string,
    report: ReportOfHost & { origin: Origin },
    now: Date,
  ): Promise<ImportedReport> {
    const { reported_at: reportedAt, status: counters, metrics, origin, logs } = report;
    const imported = { hostName: name, reportedAt, counters, origin, metrics, createdAt: now };
    const [host] = await this.hosts.findOrCreate(tx, { name, certname: null }, now);
    if (host === undefined) return { ...imported, id: null, hostId: null };
    const stored: NewReport = { hostId: host.id, origin, reportedAt, counters, ...runTime(metrics), metrics, logs };
    const id = await this.reports.add(tx, stored, now);
    if (id === null) throw invalid('reported_at', 'has already been taken');
    await this.status.put(tx, host.id, { origin, reportedAt, counters });
    return { ...imported, id, hostId: host.id, hostName: host.name };
  }
}
