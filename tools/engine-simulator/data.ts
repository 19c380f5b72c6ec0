/** A user as the engine's database knows it. `login` is the bare name, `domain` the profile without `-authz`. */
export interface SimUser {
  id: string;
  login: string;
  domain: string;
  password: string;
  firstName: string;
  lastName: string;
  email: string;
  /** Holds an administrator's role: may use webadmin and unfiltered queries. */
  admin: boolean;
  /** Known to the directory alone: is given a token, and refused by the API for want of any role. */
  withoutRole?: boolean;
}

export interface SimNic {
  id: string;
  name: string;
  mac: string;
  addresses: string[];
}

export interface SimDisk {
  id: string;
  name: string;
  provisionedBytes: number;
}

export interface SimVm {
  id: string;
  name: string;
  description: string;
  status: string;
  clusterId: string;
  fqdn: string | null;
  sockets: number;
  cores: number;
  threads: number;
  memoryBytes: number;
  display: { type: 'vnc' | 'spice'; address: string; port: number } | null;
  nics: SimNic[];
  disks: SimDisk[];
  /** Its cloud-init script, which 4.x writes into every list. */
  customScript?: string;
}

export interface EngineData {
  instanceId: string;
  dataCenters: { id: string; name: string; description: string; status: string }[];
  clusters: { id: string; name: string; dataCenterId: string }[];
  users: SimUser[];
  vms: SimVm[];
}

const GIB = 1024 ** 3;
const DATA_CENTER_ID = '5849b030-626e-47cb-ad90-3ce782d831b3';
export const DEFAULT_CLUSTER_ID = '58ad9d2d-013a-00aa-018f-000000000101';

/** The n-th GUID of a family: `guid(0xa1, 7)`. Only for made-up data. */
export function guid(family: number, n: number): string {
  return `58ad9d2d-0${family.toString(16).padStart(3, '0')}-00aa-018f-${n.toString(16).padStart(12, '0')}`;
}

/** What a caller tells of a VM; the rest is made up from its place in the list. */
export type VmSeed = Partial<SimVm> & { name: string; ip?: string; mac?: string };

/** A complete VM from a few facts; `n` makes ids and addresses differ. */
export function simVm(seed: VmSeed, n: number): SimVm {
  const { ip, mac, ...given } = seed;
  const address = ip ?? `10.34.${Math.floor(n / 250)}.${(n % 250) + 1}`;
  const macAddress = mac ?? `00:1a:4a:16:${hexByte(n >> 8)}:${hexByte(n)}`;
  return {
    id: guid(0xb1, n),
    description: '',
    status: 'up',
    clusterId: DEFAULT_CLUSTER_ID,
    fqdn: seed.name,
    sockets: 2,
    cores: 2,
    threads: 1,
    memoryBytes: 4 * GIB,
    display: { type: 'vnc', address: '10.34.255.1', port: 5900 + (n % 100) },
    nics: [{ id: guid(0xc1, n), name: 'nic1', mac: macAddress, addresses: [address] }],
    disks: [{ id: guid(0xd1, n), name: `${seed.name}_Disk1`, provisionedBytes: 40 * GIB }],
    ...given,
  };
}

const hexByte = (n: number) => (n & 0xff).toString(16).padStart(2, '0');

/** A small data centre with these VMs. Everyone's password is their login name followed by `-password`. */
export function engineData(vms: VmSeed[] = SAMPLE_VMS): EngineData {
  return {
    instanceId: '8f2e7b1c-3d4a-4e5f-9a6b-7c8d9e0f1a2b',
    dataCenters: [
      { id: DATA_CENTER_ID, name: 'Default', description: 'The default Data Center', status: 'up' },
      { id: guid(0xe1, 2), name: 'Lager Köln', description: '', status: 'maintenance' },
    ],
    clusters: [
      { id: DEFAULT_CLUSTER_ID, name: 'Default', dataCenterId: DATA_CENTER_ID },
      { id: guid(0xf1, 2), name: 'edge', dataCenterId: guid(0xe1, 2) },
    ],
    users: [
      user(0x22e, 'admin', 'internal', { firstName: 'admin' }),
      user(0x22f, 'mara', 'corp', { firstName: 'Mara', lastName: 'Lindqvist', email: 'mara@corp.example' }),
      user(0x230, 'jörg', 'corp', { firstName: 'Jörg', lastName: 'Müller-Lüdenscheidt' }),
      user(0x231, 'reader', 'corp', { firstName: 'Rea', lastName: 'Der', admin: false }),
      user(0x232, 'admin@ovirt', 'internalkeycloak', { firstName: 'Kay' }),
    ],
    vms: vms.map(simVm),
  };
}

function user(n: number, login: string, domain: string, more: Partial<SimUser>): SimUser {
  return {
    id: `58ad9d2d-013a-00aa-018f-${n.toString(16).padStart(12, '0')}`,
    login,
    domain,
    password: `${login}-password`,
    firstName: '',
    lastName: '',
    email: '',
    admin: true,
    ...more,
  };
}

const SAMPLE_VMS: VmSeed[] = [
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
