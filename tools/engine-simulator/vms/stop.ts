import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '../engine';
import { tell, tellOfEngine } from '../events/events';
import type { OpenJob } from '../jobs/jobs';
import { refuse } from '../rest/answer';
import { textOf, type Call } from '../rest/call';
import { refuseLocked } from '../rest/locks';
import { Course } from './courses';
import type { SimVm } from './data';
import { runGuest } from './guests';
import { launch } from './start';
import { goDown, statusName } from './states';

/** `down` already is no error. @throws {Refusal} */
function isIdle(call: Call, vm: SimVm, what: string): boolean {
  if (vm.isCaptured || vm.status === 'image_locked') throw refuse(409, `Cannot ${what} VM. VM is not running.`);
  refuseLocked(call.engine, `Cannot ${what} VM`, vm.id);
  if (vm.status !== 'down') return false;
  tell(call, 'vmStopSkipped', { vm });
  return true;
}

/** Power off. A silent host does it when it is back, and the answer is an error until then. */
export async function stop(call: Call, job: OpenJob, vm: SimVm): Promise<void> {
  const { engine } = call;
  if (isIdle(call, vm, 'stop')) return;
  const host = engine.data.hosts.find(({ id }) => id === vm.hostId);
  vm.stopReason = textOf(call.body, 'reason') ?? '';
  if (host && engine.hosts.silent.has(host.id)) {
    engine.hosts.postponed.push({ hostId: host.id, act: () => goDown(engine, vm) });
    job.goesOn = true;
    await delay(engine.silenceDelayMs, undefined, { ref: false });
    job.end('failed');
    tell(call, 'vmStopFailed', { vm, host });
    throw refuse(400, 'Network error during communication with the Host.');
  }
  tell(call, 'vmStopped', { vm, host });
  const course = new Course(engine, vm);
  if (vm.status === 'suspended') goDown(engine, vm);
  else course.after(engine.timing.stop, () => goDown(engine, vm));
  job.finishAfter(engine.timing.stop);
}

/** Asks the guest, who may be deaf. */
export function shutdown(call: Call, job: OpenJob, vm: SimVm): void {
  const { engine } = call;
  const { timing } = engine;
  if (isIdle(call, vm, 'shutdown')) return;
  const host = engine.data.hosts.find(({ id }) => id === vm.hostId);
  tell(call, 'vmShutdown', { vm, host });
  vm.stopReason = textOf(call.body, 'reason') ?? '';
  const course = new Course(engine, vm);
  vm.status = 'powering_down';
  if (vm.guest?.obeys === false) {
    course.after(timing.shutdown, () => {
      vm.status = 'up';
      tellOfEngine(engine, 'vmShutdownFailed', { vm, host });
      runGuest(engine, vm, course);
    });
  } else course.after(timing.shutdown, () => goDown(engine, vm));
  job.finishAfter(timing.shutdown);
}

/** By way of the guest; one with a next-run configuration goes down in between. */
export function reboot(call: Call, job: OpenJob, vm: SimVm): void {
  const { engine } = call;
  demandUp(vm, ['up', 'powering_up'], `Cannot restart VM because the VM is in ${statusName(vm.status)} status.`);
  tell(call, 'vmRebooted', { vm });
  const course = new Course(engine, vm);
  vm.status = 'reboot_in_progress';
  vm.stopReason = textOf(call.body, 'reason') ?? '';
  if (vm.nextRun) restart(call, job, vm, course);
  else rise(engine, vm, course, engine.timing.reboot);
  job.finishAfter(0);
}

/** The power button. */
export function reset({ engine }: Call, job: OpenJob, vm: SimVm): void {
  demandUp(vm, ['up', 'powering_up'], `Cannot reset VM because the VM is in ${statusName(vm.status)} status.`);
  job.finishAfter(0);
  vm.isGuestKnown = false;
  runGuest(engine, vm, new Course(engine, vm));
}

/** Down and up again, on the same host. */
function restart(call: Call, job: OpenJob, vm: SimVm, course: Course): void {
  const { data, timing } = call.engine;
  const host = data.hosts.find(({ id }) => id === vm.hostId);
  course.after(timing.reboot, () => goDown(call.engine, vm));
  course.after(timing.reboot + 2 * timing.nextRun, () => {
    if (host) launch(call, job, vm, host);
  });
}

function rise(engine: Engine, vm: SimVm, course: Course, ms: number): void {
  course.after(ms, () => {
    vm.status = 'up';
    runGuest(engine, vm, course);
  });
}

/** Saves the memory: `up` for a while, as its volumes are made first. */
export function suspend(call: Call, job: OpenJob, vm: SimVm): void {
  const { engine } = call;
  if (vm.status !== 'up') throw refuse(409, 'Cannot hibernate VM. VM is not up.');
  tell(call, 'vmSuspending', { vm, host: engine.data.hosts.find(({ id }) => id === vm.hostId) });
  const course = new Course(engine, vm);
  const half = engine.timing.suspend / 2;
  course.after(half, () => (vm.status = 'saving_state'));
  course.after(2 * half, () => {
    Object.assign(vm, { status: 'suspended', stoppedAt: engine.clock.now() });
    vm.hostId = undefined;
  });
  job.finishAfter(2 * half);
}

function demandUp(vm: SimVm, statuses: string[], refusal: string): void {
  if (!statuses.includes(vm.status)) throw refuse(409, refusal);
}
