import { Global, Module } from '@nestjs/common';
import { ComputeLists } from './compute-lists';
import { ComputeListsController } from './compute-lists.controller';

@Global()
@Module({ controllers: [ComputeListsController], providers: [ComputeLists], exports: [ComputeLists] })
export class ComputeListsModule {}
