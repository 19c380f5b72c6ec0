import { FactName, FactSet, FactValue } from './facts/fact.entities';
import { Host } from './host.entity';
import { Architecture, Domain, Environment, Hostgroup, Model, OperatingSystem } from './labels.entity';

export { FactReadModel, factsByHost } from './facts/fact.read-model';
export { FactStore, type Facts } from './facts/fact.store';
export type { ReportedData } from './facts/reported-data';
export { HostAttributesStore, type HostAttributes } from './host-attributes.store';
export type { HostDetails } from './host-details';
export { HostEditor, type HostEdit } from './host-editor';
export { HostListReadModel, type HostQuery } from './host-list.read-model';
export { hostField } from './host-field';
export { hostName } from './host-name';
export type { Host } from './host.entity';
export { hostFields } from './host-search.fields';
export { HostValuesReadModel } from './host-values.read-model';
export { HostVmStore, type AssociatedHost, type VmMac } from './host-vm.store';
export { HostReadModel, type HostRecord } from './host.read-model';
export { CREATE_HOSTS, HostStore, type FoundHost, type HostNames } from './host.store';
export { HostgroupReadModel } from './hostgroup.read-model';
export { HostsModule } from './hosts.module';
export { HostStatusStore, REPORT_INTERVALS } from './status/host-status.store';
export { statusLabelView, type StatusLabel } from './status/status-label';

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
];
