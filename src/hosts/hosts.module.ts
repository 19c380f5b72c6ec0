import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { ReportIntervals } from '../config';
import { FactReadModel } from './facts/fact.read-model';
import { FactStore } from './facts/fact.store';
import { HostAttributesStore } from './host-attributes.store';
import { HostEditor } from './host-editor';
import { HostListReadModel } from './host-list.read-model';
import { HostValuesReadModel } from './host-values.read-model';
import { HostVmStore } from './host-vm.store';
import { HostReadModel } from './host.read-model';
import { CREATE_HOSTS, HostStore } from './host.store';
import { HostgroupReadModel } from './hostgroup.read-model';
import { HostStatusStore, REPORT_INTERVALS } from './status/host-status.store';
import { UnusedNames } from './unused-names';

const PUBLIC = [
  FactReadModel,
  FactStore,
  HostAttributesStore,
  HostEditor,
  HostListReadModel,
  HostReadModel,
  HostStatusStore,
  HostStore,
  HostValuesReadModel,
  HostVmStore,
  HostgroupReadModel,
];

@Global()
@Module({})
export class HostsModule {
  static forRoot({ intervals, createHosts }: { intervals: ReportIntervals; createHosts: boolean }): DynamicModule {
    return {
      module: HostsModule,
      providers: [
        { provide: REPORT_INTERVALS, useValue: intervals },
        { provide: CREATE_HOSTS, useValue: createHosts },
        UnusedNames,
        ...PUBLIC,
      ],
      exports: [REPORT_INTERVALS, CREATE_HOSTS, ...PUBLIC],
    };
  }
}
