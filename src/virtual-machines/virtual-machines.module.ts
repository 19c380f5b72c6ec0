import { Module } from '@nestjs/common';
import { Navigation, PagesProtocol } from '../view-kit';
import { LaunchFormController } from './launch/launch-form.controller';
import { LaunchKind } from './launch/launch.kind';
import { LaunchPlans } from './launch/launch-plans';
import { LaunchService } from './launch/launch.service';
import { ConsoleController } from './machines/console.controller';
import { MachineAccess } from './machines/machine-access';
import { MachineApiController } from './machines/machine-api.controller';
import { MachineListReadModel } from './machines/machine-list.read-model';
import { MachinePagesController } from './machines/machine-pages.controller';
import { MachinePlaces } from './machines/machine-places';
import { MachineStates } from './machines/machine-states';
import { MachineStore } from './machines/machine.store';
import { Machines } from './machines/machines';
import { MachineActions } from './power/machine-actions';
import { CaptureKind } from './power/capture.kind';
import { PowerKinds } from './power/power.kinds';
import { HostAssociation } from './host-association';
import { VirtualMachineReader } from './virtual-machine.reader';
import { VirtualMachineStore } from './virtual-machine.store';
import { VirtualMachinesController } from './virtual-machines.controller';

@Module({
  controllers: [
    VirtualMachinesController,
    ConsoleController,
    MachineApiController,
    LaunchFormController,
    MachinePagesController,
  ],
  providers: [
    VirtualMachineStore,
    VirtualMachineReader,
    HostAssociation,
    LaunchKind,
    LaunchPlans,
    LaunchService,
    MachineAccess,
    MachineActions,
    MachineListReadModel,
    MachinePlaces,
    MachineStates,
    MachineStore,
    Machines,
    CaptureKind,
    PowerKinds,
  ],
  exports: [HostAssociation],
})
export class VirtualMachinesModule {
  constructor(pages: PagesProtocol, navigation: Navigation) {
    pages.areAt('/hosts', '/virtual_machines');
    navigation.add({ label: 'Machines', path: '/virtual_machines', needs: ['view_compute_resources_vms'], rank: 30 });
  }
}
