import { Global, Module } from '@nestjs/common';
import { Navigation } from './navigation';
import { PagesProtocol } from './pages.protocol';

@Global()
@Module({ providers: [Navigation, PagesProtocol], exports: [Navigation, PagesProtocol] })
export class ViewKitModule {}
