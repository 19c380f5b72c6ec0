export { HostAssociation } from './host-association';
export { VirtualMachinesModule } from './virtual-machines.module';
