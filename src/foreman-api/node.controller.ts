import { Controller, Get, Header, Param } from '@nestjs/common';
import { stringify } from 'yaml';
import { Allow, CurrentActor } from '../auth';
import type { Actor } from '../common/actor';
import { HostReadModel } from '../hosts';
import { mustSpeakFor } from '../ingest';

/** The external-node document that Foreman's facts script for Puppet servers fetches after uploading (node.rb). */
@Controller('node')
export class NodeController {
  constructor(private readonly hosts: HostReadModel) {}

  @Allow('upload_facts')
  @Get(':certname')
  @Header('Content-Type', 'text/yaml; charset=utf-8')
  async show(@Param('certname') certname: string, @CurrentActor() actor: Actor): Promise<string> {
    mustSpeakFor(actor, certname.toLowerCase());
    const { name, environment, hostgroup, domain } = await this.hosts.byName(certname);
    return stringify({
      classes: {},
      ...(environment === null ? {} : { environment }), // unknown: the agent's own choice stays
      parameters: { foreman_host: name, hostgroup, domainname: domain },
    });
  }
}
