import { ComputeResource, Engine, VirtualMachineSnapshot } from './compute-resource.entity';

export { ComputeResource, Engine } from './compute-resource.entity';
export type { ComputeResourceInput } from './compute-resource.input';
export {
  ComputeResourceService,
  EngineFault,
  type ChangeTerms,
  type EngineRule,
  type SaveOptions,
} from './compute-resource.service';
export { ComputeResourceStore, type AuthSourceSettings, type Dependents } from './compute-resource.store';
export { ComputeResourcesModule } from './compute-resources.module';
export { EngineRegistry, isAnotherEngine, type RegisteredEngine } from './engine-registry';

export const COMPUTE_RESOURCE_ENTITIES = [Engine, ComputeResource, VirtualMachineSnapshot];
