import { Module } from '@nestjs/common';
import { PagesProtocol } from '../view-kit';
import { HostAssociation } from './host-association';
import { VirtualMachineReader } from './virtual-machine.reader';
import { VirtualMachineStore } from './virtual-machine.store';
import { VirtualMachinesController } from './virtual-machines.controller';

@Module({
  controllers: [VirtualMachinesController],
  providers: [VirtualMachineStore, VirtualMachineReader, HostAssociation],
  exports: [HostAssociation],
})
export class VirtualMachinesModule {
  constructor(pages: PagesProtocol) {
    pages.areAt('/hosts');
  }
}
