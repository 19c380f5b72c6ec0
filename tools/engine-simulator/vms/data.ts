import { simDisk, type SimDisk } from '../disks/data';
import { BLANK_TEMPLATE_ID, DEFAULT_CLUSTER_ID, GIB, guid } from '../seeds';

export interface SimNic {
  id: string;
  name: string;
  mac: string;
  /** What the guest agent reports for it. */
  addresses: string[];
  vnicProfileId?: string | null;
  interface?: string;
}

/** What cloud-init gets, by the names of the API: `host_name`, `custom_script`, … */
export type Initialization = Record<string, unknown>;

/** What of a VM may wait for its next run. */
export interface VmConfiguration {
  name: string;
  description: string;
  comment: string;
  sockets: number;
  cores: number;
  threads: number;
  memoryBytes: number;
  /** Default: all of it. */
  guaranteedBytes?: number;
  /** Default: four times as much. */
  maxMemoryBytes?: number;
  os: string;
  type: string;
  deleteProtected: boolean;
  initialization?: Initialization;
}

export interface SimVm extends VmConfiguration {
  id: string;
  status: string;
  clusterId: string;
  templateId: string;
  /** Of a clone: what it was copied from; `templateId` is Blank's then. */
  originalTemplateId?: string;
  fqdn: string | null;
  display: { type: 'vnc' | 'spice'; address: string; port: number } | null;
  nics: SimNic[];
  disks: SimDisk[];
  createdAt: number;
  /** Why it is paused, or what is done to it in the background. */
  statusDetail?: string;
  startedAt?: number;
  stoppedAt?: number;
  hostId?: string;
  /** Given with the last stop or shutdown; empty where none was. */
  stopReason?: string;
  /** The guest agent has told nothing since the last start. */
  unreported?: boolean;
  /** What guest it is was told once, which is remembered while the VM runs. */
  isGuestKnown?: boolean;
  /** A next-run configuration is being applied. */
  isUpdating?: boolean;
  /** A template is being made of it. */
  isCaptured?: boolean;
  /** Boots from the network, and so needs no disk. */
  bootsFromNetwork?: boolean;
  payload?: { volumeId: string; files: { name: string; content: string }[] };
  quotaId?: string;
  /** What the next run brings. */
  nextRun?: VmConfiguration;
  /** How the guest behaves; default: an agent that reports, and it obeys shutdown. */
  guest?: { agent?: boolean; address?: boolean; obeys?: boolean; pauses?: boolean; leaves?: boolean };
}

export interface VmsData {
  vms: SimVm[];
}

/** What a caller tells of a VM; the rest is made up from its place in the list. */
export type VmSeed = Partial<SimVm> & { name: string; ip?: string; mac?: string };

/** A complete VM from a few facts; `n` makes ids and addresses differ. */
export function simVm(seed: VmSeed, n: number): SimVm {
  const { ip, mac, ...given } = seed;
  const address = ip ?? `10.34.${Math.floor(n / 250)}.${(n % 250) + 1}`;
  return {
    ...{ id: guid(0xb1, n), description: '', comment: '', status: 'up', clusterId: DEFAULT_CLUSTER_ID },
    ...{ templateId: BLANK_TEMPLATE_ID, os: 'other', type: 'server', deleteProtected: false },
    ...{ fqdn: seed.name, sockets: 2, cores: 2, threads: 1, memoryBytes: 4 * GIB, createdAt: 1_700_000_000_000 },
    display: { type: 'vnc', address: '10.34.255.1', port: 5900 + (n % 100) },
    nics: [{ id: guid(0xc1, n), name: 'nic1', mac: mac ?? macAddress(n), addresses: [address] }],
    disks: [simDisk(guid(0xd1, n), `${seed.name}_Disk1`)],
    ...given,
  };
}

const macAddress = (n: number) => `00:1a:4a:16:${hexByte(n >> 8)}:${hexByte(n)}`;

/** The n-th address of the engine's own MAC pool. */
export const pooledMac = (n: number): string => `56:6f:1a:2b:${hexByte(n >> 8)}:${hexByte(n)}`;

const hexByte = (n: number) => (n & 0xff).toString(16).padStart(2, '0');

export const SAMPLE_VMS: VmSeed[] = [
  {
    name: 'web1.example.com',
    nics: [
      {
        id: guid(0xc1, 0),
        name: 'nic1',
        mac: '00:1a:4a:16:01:51',
        addresses: ['10.34.0.5', 'fe80::21a:4aff:fe16:151'],
      },
      { id: guid(0xc2, 0), name: 'nic2', mac: '00:1a:4a:16:01:52', addresses: [] },
    ],
    disks: [
      { id: guid(0xd1, 0), name: 'web1_Disk1', provisionedBytes: 20 * GIB },
      { id: guid(0xd2, 0), name: 'web1_Data', provisionedBytes: 1024 * GIB },
    ],
    sockets: 2,
    cores: 4,
    threads: 2,
  },
  { name: 'db1.example.com', ip: '10.34.0.6', memoryBytes: 32 * GIB },
  { name: 'empty', status: 'down', fqdn: null, nics: [], disks: [], display: null },
  { name: 'build-ü', status: 'powering_up' },
];
