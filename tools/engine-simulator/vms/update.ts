import { demand, visibleOne, vmPlace } from '../people/rights';
import { NotFound, ok, refuse, Refusal, type Answer } from '../rest/answer';
import { flag, isBody, pathId, textOf, type Call } from '../rest/call';
import { refuseLocked } from '../rest/locks';
import { changesOf, checkChanges } from './changes';
import type { SimVm, VmConfiguration } from './data';
import { vmFor } from './representation';
import { runs } from './states';

/** What a running VM takes at once; the rest waits for its next run. */
const LIVE: readonly string[] = [
  'name',
  'description',
  'comment',
  'deleteProtected',
  'initialization',
  'memoryBytes',
  'sockets',
];

/** `PUT /vms/ID`. Even with `next_run` an initialization is stored at once. */
export function updateVm(call: Call): Answer {
  const { engine, body } = call;
  const { data } = engine;
  const vm = visibleOne(call, data.vms, pathId(call), (one) => vmPlace(engine, one));
  const id = textOf(body, 'id');
  if (id !== undefined && id !== vm.id) {
    throw new Refusal(409, 'Attempt to set immutable field: id', 'Broken immutability constraint');
  }
  demand(call, 'edit_vm_properties', vmPlace(engine, vm));
  refuseLocked(engine, 'Cannot edit VM', vm.id);
  checkChanges(body, { action: 'edit', maxMemoryBytes: vm.maxMemoryBytes ?? vm.memoryBytes * 4 });
  const changes = changesOf(body);
  if (data.vms.some((other) => other !== vm && other.name === changes.name)) {
    throw refuse(409, 'Cannot edit VM. The VM name is already in use, please choose a unique name and try again.');
  }
  if (runs(vm)) applyRunning(vm, changes, flag(call, 'next_run') || isBody(body.bios));
  else Object.assign(vm, changes);
  return ok(vmFor(call, vm));
}

function applyRunning(vm: SimVm, changes: Partial<SimVm>, forNextRun: boolean): void {
  const { initialization } = changes;
  if ('initialization' in changes) {
    vm.initialization = initialization;
    if (vm.nextRun) vm.nextRun.initialization = initialization;
  }
  const names = Object.keys(changes).filter((name) => name !== 'initialization');
  const waits = forNextRun
    ? names.length > 0 || !('initialization' in changes)
    : names.some((name) => !LIVE.includes(name));
  if (!waits) return void Object.assign(vm, changes);
  const live = forNextRun ? [] : names.filter((name) => LIVE.includes(name));
  Object.assign(vm, Object.fromEntries(live.map((name) => [name, changes[name as keyof SimVm]])));
  vm.nextRun = { ...configurationOf(vm), ...vm.nextRun, ...changes };
}

function configurationOf(vm: SimVm): VmConfiguration {
  const {
    name,
    description,
    comment,
    sockets,
    cores,
    threads,
    memoryBytes,
    os,
    type,
    deleteProtected,
    initialization,
  } = vm;
  return {
    name,
    description,
    comment,
    sockets,
    cores,
    threads,
    memoryBytes,
    os,
    type,
    deleteProtected,
    initialization,
  };
}

/** For reads below a VM. @throws {NotFound} */
export function visibleVm(call: Call): SimVm {
  const vm = visibleOne(call, call.engine.data.vms, pathId(call), (one) => vmPlace(call.engine, one));
  if (!vm) throw new NotFound();
  return vm;
}
