import { MachineRow } from './machines/machine.entity';

export { HostAssociation } from './host-association';
export { VirtualMachinesModule } from './virtual-machines.module';

export const MACHINE_ENTITIES = [MachineRow];
