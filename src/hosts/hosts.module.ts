import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { ReportIntervals } from '../config';
import { ConfigReportApiController } from './config-report-api.controller';
import { FactApiController } from './fact-api.controller';
import { FactReadModel } from './facts/fact.read-model';
import { HostApiController } from './host-api.controller';
import { HostEditor } from './host-editor';
import { FactStore } from './facts/fact.store';
import { HostAttributesStore } from './host-attributes.store';
import { HostListReadModel } from './host-list.read-model';
import { HostListService } from './host-list.service';
import { HostReadModel } from './host.read-model';
import { CREATE_HOSTS, HostStore } from './host.store';
import { HostVmStore } from './host-vm.store';
import { HostListController } from './host-list.controller';
import { HostgroupApiController } from './hostgroup-api.controller';
import { HostgroupReadModel } from './hostgroup.read-model';
import { HostPagesController } from './host-pages.controller';
import { BookmarkStore } from './bookmark.store';
import { BookmarksController } from './bookmarks.controller';
import { HostListTools } from './host-list-tools';
import { HostValuesReadModel } from './host-values.read-model';
import { LegacyController } from './legacy.controller';
import { ReportRemover } from './report-remover';
import { SearchCompletionController } from './search-completion.controller';
import { UnusedNames } from './unused-names';
import { HostStatusStore, REPORT_INTERVALS } from './status/host-status.store';

const PUBLIC = [
  HostStore,
  HostStatusStore,
  HostAttributesStore,
  HostVmStore,
  FactStore,
  HostReadModel,
  HostListReadModel,
];

@Global()
@Module({})
export class HostsModule {
  static forRoot({ intervals, createHosts }: { intervals: ReportIntervals; createHosts: boolean }): DynamicModule {
    return {
      module: HostsModule,
      controllers: [
        HostListController,
        HostApiController,
        HostgroupApiController,
        FactApiController,
        ConfigReportApiController,
        SearchCompletionController,
        HostPagesController,
        LegacyController,
        BookmarksController,
      ],
      providers: [
        { provide: REPORT_INTERVALS, useValue: intervals },
        { provide: CREATE_HOSTS, useValue: createHosts },
        HostgroupReadModel,
        HostListService,
        HostListTools,
        HostValuesReadModel,
        BookmarkStore,
        HostEditor,
        FactReadModel,
        ReportRemover,
        UnusedNames,
        ...PUBLIC,
      ],
      exports: [REPORT_INTERVALS, ...PUBLIC],
    };
  }
}
