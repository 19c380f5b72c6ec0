import { z } from 'zod';
import type { EngineNic, EngineVm } from '../ports';
import { flag, guid, instant, list, number, reference, someOf, text } from '../wire';

/** 3.x: `{"state": "paused", "detail": "eio"}`. */
const status = z.union([
  z.string().transform((state) => ({ state, detail: null })),
  z.object({ state: z.string(), detail: text }),
]);
export const topology = z.object({ sockets: number.nullish(), cores: number.nullish(), threads: number.nullish() });

export const vm = z
  .object({
    id: guid,
    name: z.string(),
    description: text,
    status: status.nullish(),
    status_detail: text,
    fqdn: text,
    guest_info: z.object({ fqdn: text }).nullish(),
    cluster: reference.nullish(),
    template: reference.nullish(),
    memory: number,
    cpu: z.object({ topology: topology.nullish() }).nullish(),
    os: z.object({ type: text }).nullish(),
    next_run_configuration_exists: flag.nullish(),
    creation_time: instant,
    delete_protected: flag.nullish(),
  })
  .transform((of): EngineVm => ({
    id: of.id,
    name: of.name,
    description: of.description,
    status: of.status?.state ?? 'unknown',
    statusDetail: of.status_detail ?? of.status?.detail ?? null,
    fqdn: of.fqdn ?? of.guest_info?.fqdn ?? null,
    clusterId: of.cluster?.id ?? null,
    templateId: of.template?.id ?? null,
    memoryBytes: of.memory,
    sockets: of.cpu?.topology?.sockets ?? 1,
    cores: of.cpu?.topology?.cores ?? 1,
    threads: of.cpu?.topology?.threads ?? 1,
    os: of.os?.type ?? null,
    hasNextRunConfiguration: of.next_run_configuration_exists ?? false,
    createdAt: of.creation_time,
    deleteProtected: of.delete_protected ?? false,
  }));
export const vms = list('vm', vm);

/** What of a VM or template limits a change of its memory. */
export const memoryPolicy = z
  .object({ memory_policy: z.object({ guaranteed: number.nullish(), max: number.nullish() }).nullish() })
  .transform(({ memory_policy: of }) => ({ guaranteed: of?.guaranteed ?? 0, max: of?.max ?? Infinity }));

const mac = z
  .object({ address: text })
  .nullish()
  .transform((of) => of?.address?.toLowerCase() ?? null);

export const nic = z
  .object({ id: guid, name: z.string(), mac, vnic_profile: reference.nullish() })
  .transform((of): EngineNic => ({
    id: of.id,
    name: of.name,
    mac: of.mac,
    vnicProfileId: of.vnic_profile?.id ?? null,
  }));
export const nics = list('nic', nic);

/** Of one guest; no machine is reached by more. */
const MOST_DEVICES = 100;
const MOST_ADDRESSES = 32;

export const reportedDevices = someOf(
  'reported_device',
  z
    .object({ name: text, mac, ips: someOf('ip', z.object({ address: z.string().max(64) }), MOST_ADDRESSES).nullish() })
    .transform((of) => ({ name: of.name ?? '', mac: of.mac, addresses: (of.ips ?? []).map(({ address }) => address) })),
  MOST_DEVICES,
);

/** With NICs and reported devices followed. */
export const guests = list(
  'vm',
  z.object({ id: guid, nics: nics.nullish(), reported_devices: reportedDevices.nullish() }).transform((of) => ({
    id: of.id,
    macs: (of.nics ?? []).map((one) => one.mac),
    devices: of.reported_devices ?? [],
  })),
);

/** Ids are the protocols' names in hexadecimal. */
export const consoles = list('graphics_console', z.object({ id: z.string().regex(/^[\da-f]+$/i), protocol: text }));
export const consoleFile = z
  .object({ remote_viewer_connection_file: text })
  .transform((of) => of.remote_viewer_connection_file);
