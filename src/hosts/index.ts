import { Bookmark } from './bookmark.entity';
import { FactName, FactSet, FactValue } from './facts/fact.entities';
import { Host } from './host.entity';
import { Architecture, Domain, Environment, Hostgroup, Model, OperatingSystem } from './labels.entity';

export { FactStore, type Facts } from './facts/fact.store';
export { HostAttributesStore, type HostAttributes } from './host-attributes.store';
export { ReportAnswer } from './config-report-api.schema';
export { HostAnswer } from './host-api.schema';
export { hostJson } from './host-json';
export { hostName } from './host-name';
export { hostFields } from './host-search.fields';
export { HostReadModel } from './host.read-model';
export { HostStore, type FoundHost, type HostNames } from './host.store';
export { HostVmStore, type AssociatedHost, type VmMac } from './host-vm.store';
export { HostsModule } from './hosts.module';
export { HostStatusStore, REPORT_INTERVALS } from './status/host-status.store';

export const HOST_ENTITIES = [
  Host,
  Architecture,
  Domain,
  Environment,
  Hostgroup,
  Model,
  OperatingSystem,
  FactName,
  FactValue,
  FactSet,
  Bookmark,
];
