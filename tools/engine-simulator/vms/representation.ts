import type { Engine } from '../engine';
import { Int, Long, type WireObject } from '../rest/encode';
import type { Call } from '../rest/call';
import { actionsOf, linksOf, reference, some, statusOf } from '../rest/references';
import type { SimVm, VmConfiguration } from './data';
import { initializationOf } from './initialization';

export const VM_LINKS = [
  ...['permissions', 'tags', 'affinitylabels', 'graphicsconsoles', 'cdroms', 'nics', 'watchdogs', 'diskattachments'],
  ...['snapshots', 'applications', 'hostdevices', 'numanodes', 'reporteddevices', 'sessions', 'statistics'],
];
export const VM_ACTIONS = [
  ...['ticket', 'reboot', 'clone', 'logon', 'migrate', 'shutdown', 'start', 'stop', 'suspend', 'reset', 'export'],
  ...['detach'],
];
const OTHER_OS_ICON = '49d33982-504d-4a79-ab80-131d3774408c';

/** A VM as its version shows it; `isWhole` as answers to writes and `all_content` do. */
export function vmOf(engine: Engine, base: string, vm: SimVm, isWhole = false): WireObject {
  if (engine.personality.major < 4) return oldVmOf(engine, base, vm);
  return {
    ...common(engine, base, vm),
    ...stateOf(base, vm),
    ...usual(base, vm),
    ...wanted(vm, isWhole),
    fqdn: isReported(vm) ? vm.fqdn : undefined,
    display: displayOf(vm),
  };
}

/** The answer to a write: whole, but for what ordinary users are not shown. */
export function vmFor({ engine, base, caller }: Call, vm: SimVm): WireObject {
  return { ...vmOf(engine, base, vm, true), ...(!caller.admin && HIDDEN) };
}

/** What those who are no administrators are not shown. */
export const HIDDEN: WireObject = { placement_policy: undefined, host: undefined };

/** The same with what waits for its next run. */
export function nextRunOf(engine: Engine, base: string, vm: SimVm): WireObject {
  return vmOf(engine, base, { ...vm, ...vm.nextRun });
}

function common({ personality }: Engine, base: string, vm: SimVm): WireObject {
  return {
    ...reference(base, 'vms', vm.id),
    ...{ name: vm.name, description: vm.description, comment: vm.comment, type: vm.type },
    status: statusOf(personality, vm.status),
    memory: new Long(vm.memoryBytes),
    cluster: reference(base, 'clusters', vm.clusterId),
    template: reference(base, 'templates', vm.templateId),
    stateless: false,
    creation_time: vm.createdAt,
    delete_protected: vm.deleteProtected,
    os: { type: vm.os, boot: { devices: { device: [vm.bootsFromNetwork ? 'network' : 'hd'] } } },
    actions: actionsOf(`${base}/vms/${vm.id}`, VM_ACTIONS),
    link: linksOf(`${base}/vms/${vm.id}`, VM_LINKS),
  };
}

/** 3.x tells of the guest, too. */
function oldVmOf(engine: Engine, base: string, vm: SimVm): WireObject {
  const { personality } = engine;
  const addresses = vm.nics.flatMap((nic) => nic.addresses);
  return {
    ...common(engine, base, vm),
    comment: undefined,
    cpu: { topology: topologyOf(vm, personality.csrf) },
    guest_info: {
      ips: { ip: addresses.map((address) => ({ address })) },
      fqdn: personality.csrf ? vm.fqdn : undefined,
    },
    display: vm.display && { ...vm.display, port: new Int(vm.display.port) },
  };
}

function stateOf(base: string, vm: SimVm): WireObject {
  const runs = vm.hostId !== undefined;
  return {
    ...some(runs, { host: reference(base, 'hosts', vm.hostId ?? ''), run_once: false, start_time: vm.startedAt }),
    stop_time: vm.stoppedAt ?? vm.createdAt,
    stop_reason: vm.stopReason,
    next_run_configuration_exists: vm.nextRun !== undefined,
    status_detail: vm.statusDetail,
    ...some(runs && (vm.isGuestKnown ?? isReported(vm)), GUEST),
  };
}

/** Its agent told something since the last start. */
const isReported = (vm: SimVm) =>
  vm.fqdn !== null && !vm.unreported && vm.status !== 'down' && vm.status !== 'suspended';

const GUEST: WireObject = {
  guest_operating_system: { architecture: 'x86_64', distribution: 'Simulated Linux', family: 'Linux', version: {} },
  guest_time_zone: { name: 'UTC', utc_offset: '+00:00' },
};

/** What every VM has and nobody here changes. */
function usual(base: string, vm: SimVm): WireObject {
  const icon = { id: OTHER_OS_ICON, href: `${base}/icons/${OTHER_OS_ICON}` };
  return {
    original_template: reference(base, 'templates', vm.originalTemplateId ?? vm.templateId),
    bios: { boot_menu: { enabled: false }, type: 'q35_ovmf' },
    io: { threads: new Int(1) },
    migration: { auto_converge: 'inherit', compressed: 'inherit', encrypted: 'inherit' },
    ...{ origin: 'ovirt', auto_pinning_policy: 'disabled', cpu_pinning_policy: 'none', cpu_shares: new Int(0) },
    sso: { methods: { method: [{ id: 'guest_agent' }] } },
    usb: { enabled: false },
    high_availability: { enabled: false, priority: new Int(0) },
    ...{ large_icon: icon, small_icon: icon, migration_downtime: new Int(-1), multi_queues_enabled: true },
    placement_policy: { affinity: 'migratable' },
    ...{ start_paused: false, storage_error_resume_behaviour: 'auto_resume', time_zone: { name: 'Etc/GMT' } },
    virtio_scsi_multi_queues_enabled: false,
    cpu_profile: reference(base, 'cpuprofiles', vm.clusterId),
    quota: vm.quotaId === undefined ? { id: vm.clusterId } : { id: vm.quotaId },
  };
}

function wanted(vm: SimVm, isWhole: boolean): WireObject {
  const initialization = initializationOf(vm.initialization);
  const ovf = { configuration: { data: '<ovf:Envelope/>', type: 'ovf' } };
  return {
    cpu: { architecture: 'x86_64', topology: topologyOf(vm, true) },
    memory_policy: {
      ...{ ballooning: true, guaranteed: new Long(vm.guaranteedBytes ?? vm.memoryBytes) },
      max: new Long(vm.maxMemoryBytes ?? vm.memoryBytes * 4),
    },
    initialization: isWhole && vm.status !== 'image_locked' ? { ...ovf, ...initialization } : initialization,
    ...some(isWhole, {
      console: { enabled: false },
      rng_device: { source: 'urandom' },
      ...{ soundcard_enabled: true, tpm_enabled: false, virtio_scsi: { enabled: true } },
    }),
    payloads: payloadsOf(vm),
  };
}

function payloadsOf({ payload }: SimVm): WireObject | undefined {
  if (!payload) return undefined;
  return { payload: [{ type: 'cdrom', volume_id: payload.volumeId, files: { file: payload.files } }] };
}

function topologyOf({ sockets, cores, threads }: VmConfiguration, hasThreads: boolean): WireObject {
  const topology = { sockets: new Int(sockets), cores: new Int(cores) };
  return hasThreads ? { ...topology, threads: new Int(threads) } : topology;
}

/** 4.x shows consoles as a resource of their own. */
function displayOf({ display }: SimVm): WireObject | undefined {
  if (!display) return undefined;
  return {
    ...{ type: display.type, allow_override: false, copy_paste_enabled: true, disconnect_action: 'LOCK_SCREEN' },
    ...{ disconnect_action_delay: new Int(0), file_transfer_enabled: true, monitors: new Int(1) },
    ...{ smartcard_enabled: false, video_type: 'vga' },
  };
}
