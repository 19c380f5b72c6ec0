import { ComputeResource, Engine, VirtualMachineSnapshot } from './compute-resource.entity';

export { ComputeResource, Engine, VirtualMachineSnapshot } from './compute-resource.entity';

export const COMPUTE_RESOURCE_ENTITIES = [Engine, ComputeResource, VirtualMachineSnapshot];
