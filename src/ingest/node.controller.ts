import { Controller, Get, Header, Param } from '@nestjs/common';
import { stringify } from 'yaml';
import { Allow } from '../auth';
import { HostReadModel } from '../hosts';

/** The external-node document that Foreman's facts script for Puppet servers fetches after uploading (node.rb). */
@Controller('node')
export class NodeController {
  constructor(private readonly hosts: HostReadModel) {}

  @Allow('upload_facts')
  @Get(':certname')
  @Header('Content-Type', 'text/yaml; charset=utf-8')
  async show(@Param('certname') certname: string): Promise<string> {
    const host = await this.hosts.byName(certname);
    return stringify({
      classes: {},
      environment: host.environment ?? 'production',
      parameters: { foreman_host: host.name, hostgroup: host.hostgroup, domainname: host.domain },
    });
  }
}
