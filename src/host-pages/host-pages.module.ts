import { Module } from '@nestjs/common';
import { Navigation, PagesProtocol } from '../view-kit';
import { HostListTools } from './host-list-tools';
import { HostListController } from './host-list.controller';
import { HostListService } from './host-list.service';
import { HostPagesController } from './host-pages.controller';
import { SearchCompletionController } from './search-completion.controller';

@Module({
  controllers: [HostListController, SearchCompletionController, HostPagesController],
  providers: [HostListService, HostListTools],
})
export class HostPagesModule {
  constructor(pages: PagesProtocol, navigation: Navigation) {
    pages.areAt('/hosts');
    navigation.add({ label: 'Hosts', path: '/hosts', needs: ['view_hosts', 'view_ovirt'], rank: 10 });
  }
}
