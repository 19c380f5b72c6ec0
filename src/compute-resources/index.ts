import { ComputeResource, Engine, PasswordAttempt, VirtualMachineSnapshot } from './compute-resource.entity';

export { ComputeResource, Engine, type VirtualMachineSnapshot } from './compute-resource.entity';
export { webOrigins, type ComputeResourceInput } from './compute-resource.input';
export { ComputeResourceService, EngineFault, type SaveOptions } from './compute-resource.service';
export { ComputeResourceStore, type AuthSourceSettings } from './compute-resource.store';
export { ComputeResourcesModule } from './compute-resources.module';
export { EngineMerges, type EngineParticipant } from './engine-merges';
export { EnginePeople, type EngineRule } from './engine-people';
export { appErrorOf, heard } from './engine-refusal';
export { EngineRegistry, isAnotherEngine, type RegisteredEngine } from './engine-registry';

export const COMPUTE_RESOURCE_ENTITIES = [Engine, ComputeResource, VirtualMachineSnapshot, PasswordAttempt];
