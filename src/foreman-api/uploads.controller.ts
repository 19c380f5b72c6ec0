import { Controller, Post } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { Allow, CurrentActor } from '../auth';
import { HostAnswer } from './host-api.schema';
import { HostReadModel } from '../hosts';
import { ReportAnswer } from './config-report-api.schema';
import { hostJson } from './host-json';
import { reportJson } from '../report-pages';
import { Describe, LargeBody, RequestBody, ZodPipe } from '../web';
import {
  FactImporter,
  FactsUpload,
  type FactsOfHost,
  FlatFacts,
  ReportContent,
  ReportImporter,
  ReportUpload,
  type ReportOfHost,
} from '../ingest';

/** Where Puppet's and Ansible's Foreman clients upload (Foreman: config/routes/api/v2.rb). */
@Controller()
export class UploadsController {
  constructor(
    private readonly reports: ReportImporter,
    private readonly facts: FactImporter,
    private readonly hosts: HostReadModel,
  ) {}

  @LargeBody()
  @Describe({ summary: 'Upload a report', answer: ReportAnswer })
  @Allow('upload_config_reports')
  @Post(['api/config_reports', 'api/v2/config_reports', 'api/reports', 'api/v2/reports'])
  async uploadReport(
    @CurrentActor() actor: Actor,
    @RequestBody(new ZodPipe(ReportUpload), ReportContent) report: ReportOfHost,
  ): Promise<object> {
    return reportJson(await this.reports.import(actor, report));
  }

  @LargeBody()
  @Describe({ summary: 'Upload the facts of a host', answer: HostAnswer })
  @Allow('upload_facts')
  @Post(['api/hosts/facts', 'api/v2/hosts/facts'])
  async uploadFacts(
    @CurrentActor() actor: Actor,
    @RequestBody(new ZodPipe(FactsUpload), FlatFacts) facts: FactsOfHost,
  ): Promise<object> {
    return hostJson(await this.hosts.byId(await this.facts.import(actor, facts)));
  }
}
