import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import type { Author } from '../auth';
import { UnitOfWork } from '../database';
import { ReportReadModel, type ReportDetails } from './report.read-model';
import { ReportStore } from '../reports';
import { HostStatusStore } from '../hosts';

@Injectable()
export class ReportRemover {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reports: ReportReadModel,
    private readonly store: ReportStore,
    private readonly status: HostStatusStore,
    private readonly trail: AuditTrail,
  ) {}

  /** Removes a report; its host's status is then that of the newest one left. @returns it @throws AppError not_found */
  async remove(by: Author, id: number): Promise<ReportDetails> {
    const report = await this.reports.byId(id);
    await this.work.run(async (tx) => {
      const hostId = await this.store.remove(tx, id);
      if (hostId === null) return;
      await this.status.recompute(tx, hostId);
      const what = `reported at ${report.reportedAt.toISOString()}`;
      await this.trail.change(by, 'config_report.delete', report.hostName, what, tx);
    });
    return report;
  }
}
