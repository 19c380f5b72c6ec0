import { Global, Module } from '@nestjs/common';
import { PagesProtocol } from './pages.protocol';

@Global()
@Module({ providers: [PagesProtocol], exports: [PagesProtocol] })
export class ViewKitModule {}
