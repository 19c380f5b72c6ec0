import type { Engine } from '../engine';
import { Int, Long, type WireObject } from '../rest/encode';
import { actionsOf, linksOf, reference, statusOf } from '../rest/references';
import type { SimTemplate } from './data';

const LINKS = [
  ...['permissions', 'tags', 'graphicsconsoles', 'cdroms', 'nics', 'watchdogs', 'mediateddevices', 'diskattachments'],
];

/** A template as the engine shows it; `isWhole` as answers to writes do. */
export function templateOf(engine: Engine, base: string, template: SimTemplate, isWhole = false): WireObject {
  const { id, clusterId, version, sockets, cores, threads } = template;
  const itself = reference(base, 'templates', id);
  if (engine.personality.major < 4) return oldTemplateOf(engine, base, template);
  return {
    ...{ ...itself, name: template.name, description: template.description, comment: template.comment },
    ...{ status: statusOf(engine.personality, template.status), type: template.type, stateless: false },
    version: {
      ...{ version_name: version.name ?? '', version_number: new Int(version.number) },
      base_template: reference(base, 'templates', version.baseId),
    },
    memory: new Long(template.memoryBytes),
    memory_policy: {
      ...{ ballooning: true, guaranteed: new Long(template.memoryBytes), max: new Long(template.memoryBytes * 4) },
    },
    cpu: {
      architecture: clusterId === null ? 'undefined' : 'x86_64',
      topology: { sockets: new Int(sockets), cores: new Int(cores), threads: new Int(threads) },
    },
    os: { type: template.os, boot: { devices: { device: ['hd'] } } },
    cluster: clusterId === null ? undefined : reference(base, 'clusters', clusterId),
    ...{ creation_time: template.createdAt, delete_protected: false },
    ...usual(base, clusterId),
    quota: clusterId === null || template.isImported ? undefined : { id: clusterId },
    ...(isWhole && WHOLE),
    actions: actionsOf(itself.href, ['export']),
    link: linksOf(itself.href, LINKS),
  };
}

/** As engines up to 3.6 do. */
function oldTemplateOf({ personality }: Engine, base: string, template: SimTemplate): WireObject {
  const { id, clusterId, version, sockets, cores } = template;
  return {
    ...{ ...reference(base, 'templates', id), name: template.name, description: template.description },
    ...{ status: statusOf(personality, template.status), type: template.type, stateless: false },
    version: { version_name: version.name, version_number: new Int(version.number), ...baseOf(base, template) },
    memory: new Long(template.memoryBytes),
    cpu: {
      architecture: clusterId === null ? 'UNDEFINED' : 'X86_64',
      topology: { sockets: new Int(sockets), cores: new Int(cores) },
    },
    os: { type: template.os, boot: [{ dev: 'hd' }] },
    cluster: clusterId === null ? undefined : reference(base, 'clusters', clusterId),
    ...{ creation_time: template.createdAt, origin: 'ovirt', delete_protected: false },
  };
}

const baseOf = (base: string, { id, version: { baseId } }: SimTemplate): WireObject =>
  baseId === id ? {} : { base_template: reference(base, 'templates', baseId) };

/** What answers to writes have besides. */
const WHOLE: WireObject = {
  console: { enabled: false },
  rng_device: { source: 'urandom' },
  ...{ soundcard_enabled: true, tpm_enabled: false, virtio_scsi: { enabled: true } },
};

/** What every template has and nobody here changes. */
function usual(base: string, clusterId: string | null): WireObject {
  const icon = reference(base, 'icons', '49d33982-504d-4a79-ab80-131d3774408c');
  return {
    bios: clusterId === null ? { boot_menu: { enabled: false } } : { boot_menu: { enabled: false }, type: 'q35_ovmf' },
    display: {
      ...{ type: 'vnc', allow_override: false, copy_paste_enabled: true, disconnect_action: 'LOCK_SCREEN' },
      ...{ disconnect_action_delay: new Int(0), file_transfer_enabled: true, monitors: new Int(1) },
      ...{ smartcard_enabled: false, video_type: 'vga' },
    },
    io: { threads: new Int(1) },
    migration: {
      ...{ auto_converge: 'inherit', compressed: 'inherit', encrypted: 'inherit' },
      parallel_migrations_policy: 'inherit',
    },
    ...{ origin: 'ovirt', auto_pinning_policy: 'disabled', cpu_pinning_policy: 'none', cpu_shares: new Int(0) },
    sso: { methods: { method: [{ id: 'guest_agent' }] } },
    usb: { enabled: false },
    high_availability: { enabled: false, priority: new Int(0) },
    ...{ large_icon: icon, small_icon: icon, migration_downtime: new Int(-1), multi_queues_enabled: true },
    placement_policy: { affinity: 'migratable' },
    ...{ start_paused: false, storage_error_resume_behaviour: 'auto_resume' },
    virtio_scsi_multi_queues_enabled: false,
    ...(clusterId !== null && { time_zone: { name: 'Etc/GMT' } }),
    cpu_profile: clusterId === null ? undefined : reference(base, 'cpuprofiles', clusterId),
  };
}
