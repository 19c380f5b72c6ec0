import { Global, Module } from '@nestjs/common';
import { ComputeResourceService } from './compute-resource.service';
import { ComputeResourceStore } from './compute-resource.store';
import { EngineRegistry } from './engine-registry';
import { EngineStore } from './engine.store';
import { EngineUpkeep } from './engine-upkeep';

@Global()
@Module({
  providers: [ComputeResourceStore, EngineStore, EngineRegistry, ComputeResourceService, EngineUpkeep],
  exports: [ComputeResourceStore, EngineRegistry, ComputeResourceService],
})
export class ComputeResourcesModule {}
