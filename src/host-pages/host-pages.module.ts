import { Module } from '@nestjs/common';
import { PagesProtocol } from '../view-kit';
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
  constructor(pages: PagesProtocol) {
    pages.areAt('/hosts');
  }
}
