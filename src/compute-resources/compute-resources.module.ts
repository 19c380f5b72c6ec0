import { Global, Module } from '@nestjs/common';
import { FrameAncestors } from '../web';
import { ComputeResourceService } from './compute-resource.service';
import { ComputeResourceStore } from './compute-resource.store';
import { EngineChanges } from './engine-changes';
import { EngineMerges } from './engine-merges';
import { EngineRegistry } from './engine-registry';
import { EngineStore } from './engine.store';
import { EngineUpkeep } from './engine-upkeep';
import { PasswordAttempts } from './password-attempts';

@Global()
@Module({
  providers: [
    ComputeResourceStore,
    EngineStore,
    EngineMerges,
    EngineChanges,
    PasswordAttempts,
    EngineRegistry,
    ComputeResourceService,
    EngineUpkeep,
    { provide: FrameAncestors, useExisting: EngineRegistry },
  ],
  exports: [EngineMerges, ComputeResourceStore, EngineRegistry, ComputeResourceService, FrameAncestors],
})
export class ComputeResourcesModule {}
