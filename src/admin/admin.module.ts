import { Module } from '@nestjs/common';
import { Navigation, PagesProtocol } from '../view-kit';
import { VirtualMachinesModule } from '../virtual-machines';
import { AuthSourcesController } from './auth-sources.controller';
import { AuthSourceApiController, ComputeResourceApiController } from './compute-resource-api.controller';
import { ComputeResourceForms } from './compute-resource-forms';
import { ComputeResourcePagesController } from './compute-resource-pages.controller';
import { HostAssociationController } from './host-association.controller';
import { EngineStatusController } from './engine-status.controller';
import { DependentsReadModel } from './dependents.read-model';
import { EngineStatus } from './engine-status';
import { UiPluginController } from './ui-plugin.controller';

@Module({
  imports: [VirtualMachinesModule],
  controllers: [
    ComputeResourcePagesController,
    ComputeResourceApiController,
    EngineStatusController,
    HostAssociationController,
    AuthSourcesController,
    AuthSourceApiController,
    UiPluginController,
  ],
  providers: [DependentsReadModel, ComputeResourceForms, EngineStatus],
})
export class AdminModule {
  constructor(pages: PagesProtocol, navigation: Navigation) {
    pages.areAt('/auth_source_ovirts', '/compute_resources', '/ui_plugin');
    navigation.add(
      { label: 'Compute resources', path: '/compute_resources', needs: ['view_compute_resources'], rank: 50 },
      { label: 'Auth sources', path: '/auth_source_ovirts', needs: ['view_authenticators'], rank: 60 },
      { label: 'UI plugin', path: '/ui_plugin', needs: ['install_ui_plugin'], rank: 70 },
    );
  }
}
