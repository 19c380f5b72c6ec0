import { tell, tellOfEngine } from '../events/events';
import type { Engine } from '../engine';
import type { OpenJob } from '../jobs/jobs';
import type { SimHost } from '../places/data';
import { overQuota } from '../quotas/limits';
import { EarlyRefusal, Refusal, refuse } from '../rest/answer';
import { isBody, textOf, type Call } from '../rest/call';
import { refuseLocked } from '../rest/locks';
import { Course } from './courses';
import type { SimVm } from './data';
import { runGuest } from './guests';
import { usableHosts } from './hosts';
import { goDown, statusName } from './states';

const MIB = 1024 ** 2;
const NO_HOSTS = 'There are no hosts to use. Check that the cluster contains at least one host in Up state.';
const NO_DISK = [
  'Cannot run VM without at least one bootable disk.',
  ...['Alternatives:', '- Create a disk for this VM, and rerun the VM.'],
  '- Change the boot sequence using the Edit VM command (Boot Option Sub-Tab).',
  "- Use the 'Run Once' command to select a different boot option and rerun the VM.",
].join('\n');

/** Starts a VM on one of its cluster's hosts, or wakes it up. @throws {Refusal} */
export function start(call: Call, job: OpenJob, vm: SimVm): void {
  const { engine, body } = call;
  if (vm.status === 'suspended') return resume(engine, job, vm);
  try {
    check(engine, vm);
    const override = body.vm;
    if (isBody(override) && isBody(override.initialization)) vm.initialization = override.initialization;
    const host = hostThatTakes(call, vm);
    tell(call, 'vmStarted', { vm, host });
    launch(call, job, vm, host);
  } catch (error) {
    if (error instanceof Refusal) tell(call, 'vmStartFailed', { vm, words: { reason: error.detail } });
    throw error;
  }
}

function check(engine: Engine, vm: SimVm): void {
  const cluster = engine.data.clusters.find(({ id }) => id === vm.clusterId);
  const dataCenter = engine.data.dataCenters.find(({ id }) => id === cluster?.dataCenterId);
  const refused = (text: string, status = 409) => refuse(status, `Cannot run VM${text}`);
  refuseLocked(engine, 'Cannot run VM', vm.id);
  if (vm.isCaptured) throw refused('. Template is being created from this VM.');
  if (vm.isUpdating) throw refused('. VM is being updated.');
  if (vm.status === 'image_locked') throw refused(': VM is locked. Please try again in a few minutes.');
  if (!['down', 'paused'].includes(vm.status)) throw refused(` because the VM is in ${statusName(vm.status)} status.`);
  if (dataCenter?.status !== 'up') throw refused('. Unknown Data Center status.');
  if (!vm.bootsFromNetwork && vm.disks.length === 0) throw refuse(409, NO_DISK);
  const locked = vm.disks.filter(({ status }) => status === 'locked').map(({ name }) => name);
  if (locked.length > 0) {
    throw refused(`: The following disks are locked: ${locked.join(', ')}. Please try again in a few minutes.`);
  }
  if (overQuota(engine.data, dataCenter, vm)) throw refused('. Quota has insufficient cluster resources.');
}

/** The first host that does not refuse; hosts that are to refuse are asked first. */
function hostThatTakes(call: Call, vm: SimVm): SimHost {
  const { data, hosts } = call.engine;
  const usable = usableHosts(data.hosts, vm.clusterId).filter(({ id }) => !hosts.silent.has(id));
  checkCapacity(usable, vm);
  const refusals = Math.min(hosts.refusals, usable.length);
  hosts.refusals -= refusals;
  for (const host of usable.slice(0, refusals)) tell(call, 'vmRefused', { vm, host });
  const host = usable[refusals];
  if (!host) throw refuse(400, NO_HOSTS);
  return host;
}

/** Every host is told of, and each line names the last one, as the engine's lines do. */
function checkCapacity(hosts: readonly SimHost[], vm: SimVm): void {
  const cpus = vm.sockets * vm.cores * vm.threads;
  const lines = hosts.flatMap(({ cpus: has = Infinity, memoryBytes: free = Infinity }) => {
    if (free < vm.memoryBytes) {
      return `Memory because its available memory is too low (${Math.floor(free / MIB)} MB) to run the VM.`;
    }
    return has < cpus ? 'CPU because it has an insufficient amount of CPU cores to run the VM.' : [];
  });
  const last = hosts.at(-1);
  if (!last || lines.length < hosts.length) return;
  const text = 'Cannot run VM. There is no host that satisfies current scheduling constraints. See below for details:';
  throw refuse(409, text, ...lines.map((line) => `The host ${last.name} did not satisfy internal filter ${line}`));
}

/** Brings it up on this host. */
export function launch(call: Call, job: OpenJob, vm: SimVm, host: SimHost): void {
  const { engine } = call;
  const { clock, timing, hosts } = engine;
  const course = new Course(engine, vm);
  job.goesOn = true;
  Object.assign(vm, { status: 'wait_for_launch', hostId: host.id, startedAt: clock.now(), unreported: true });
  vm.stopReason = undefined;
  vm.display &&= { ...vm.display, address: host.address, port: vm.display.port || 5900 };
  course.after(timing.waitForLaunch, () => (vm.status = 'powering_up'));
  course.after(timing.waitForLaunch + timing.powerUp, () => {
    if (hosts.crashes > 0) return lose(call, job, vm, host, course);
    vm.status = 'up';
    job.end('finished');
    tell(call, 'vmUp', { vm, host });
    runGuest(engine, vm, course);
  });
}

/** The host loses the VM: it is `down` for a moment, then the next host takes it, or none. */
function lose(call: Call, job: OpenJob, vm: SimVm, host: SimHost, course: Course): void {
  const { engine } = call;
  engine.hosts.crashes -= 1;
  tellOfEngine(engine, 'vmCrashed', { vm, host, words: { reason: 'Lost connection with qemu process' } });
  goDown(engine, vm);
  tell(call, 'vmRefused', { vm, host });
  const usable = usableHosts(engine.data.hosts, vm.clusterId);
  const next = usable[usable.indexOf(host) + 1];
  course.after(engine.timing.hostRetry, () => {
    if (next) return launch(call, job, vm, next);
    tell(call, 'vmStartFailed', { vm, words: { reason: NO_HOSTS } });
    job.end('failed');
  });
}

function resume(engine: Engine, job: OpenJob, vm: SimVm): void {
  const host = usableHosts(engine.data.hosts, vm.clusterId)[0];
  if (!host) throw refuse(400, NO_HOSTS);
  const course = new Course(engine, vm);
  Object.assign(vm, { status: 'restoring_state', hostId: host.id });
  course.after(engine.timing.resume, () => (vm.status = 'up'));
  job.finishAfter(engine.timing.resume);
}

/** Two ways to initialize at once are refused, and not as a fault of the action. */
export function checkInitializationTags(call: Call): void {
  const tags = ['use_cloud_init', 'use_sysprep', 'use_ignition', 'use_initialization'];
  if (tags.filter((tag) => textOf(call.body, tag) === 'true').length < 2) return;
  throw new EarlyRefusal(409, '', 'Cannot use multiple initialization tags simultaneously when running VM.');
}
