import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { stringify } from 'yaml';
import { Allow, CurrentActor } from '../auth';
import type { Actor } from '../common/actor';
import { notFound } from '../common/app-error';
import { CREATE_HOSTS, HostReadModel, type HostRecord } from '../hosts';
import { mustSpeakFor } from '../ingest';

/** The external-node document that Foreman's facts script for Puppet servers fetches after uploading (node.rb). */
@Controller('node')
export class NodeController {
  constructor(
    private readonly hosts: HostReadModel,
    @Inject(CREATE_HOSTS) private readonly createsHosts: boolean,
  ) {}

  /** A host that is new has its first run before its first upload. @throws AppError not_found where uploads make no hosts */

  @Allow('upload_facts')
  @Get(':certname')
  @Header('Content-Type', 'text/yaml; charset=utf-8')
  async show(@Param('certname') certname: string, @CurrentActor() actor: Actor): Promise<string> {
    mustSpeakFor(actor, certname.toLowerCase());
    const host = await this.hosts.findByName(certname);
    if (host === null && !this.createsHosts) throw notFound('host', certname);
    return stringify(host === null ? { classes: {} } : documentOf(host));
  }
}

/** What nobody told is left out: the agent's own choice stays. */
function documentOf({ name, environment, hostgroup, domain }: HostRecord): object {
  const parameters = { foreman_host: name, hostgroup, domainname: domain };
  return {
    classes: {},
    ...(environment === null ? {} : { environment }),
    parameters: Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== null)),
  };
}
