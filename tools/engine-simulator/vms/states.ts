import type { Engine } from '../engine';
import { refuse } from '../rest/answer';
import type { SimVm } from './data';
import { throughOvf } from './initialization';

const RUNNING = [
  ...['up', 'powering_up', 'wait_for_launch', 'reboot_in_progress', 'powering_down', 'paused', 'saving_state'],
  'restoring_state',
];

export const runs = (vm: SimVm): boolean => RUNNING.includes(vm.status);

/** @throws {Refusal} for a ticket of a VM that does not run */
export function demandRunning(vm: SimVm): void {
  if (runs(vm)) return;
  throw refuse(409, `Cannot set Virtual Machine Ticket because the VM is in ${statusName(vm.status)} status.`);
}

/** As messages name it: `wait_for_launch` is `Wait for Launch`. */
export function statusName(status: string): string {
  const words = status.split('_').map((word) => (word === 'for' ? word : word.charAt(0).toUpperCase() + word.slice(1)));
  return words.join(' ');
}

/** `down` is shown first; what waited for the next run is applied a moment later. */
export function goDown(engine: Engine, vm: SimVm): void {
  const { clock, timing } = engine;
  Object.assign(vm, { status: 'down', stoppedAt: clock.now() });
  vm.hostId = vm.statusDetail = undefined;
  const { nextRun } = vm;
  if (!nextRun) return;
  vm.isUpdating = true;
  clock.after(timing.nextRun, () => {
    Object.assign(vm, throughOvf(nextRun));
    vm.nextRun = vm.isUpdating = undefined;
  });
}
