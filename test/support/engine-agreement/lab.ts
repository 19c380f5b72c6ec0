import {
  engineData,
  simPermission,
  simVm,
  type EngineData,
  type EngineSimulator,
  type EngineSimulatorOptions,
  type SimUser,
  type VmSeed,
} from '../../../tools/engine-simulator';

import type { Replay } from '../engine-replay';

/** How a folder of recordings is replayed. */
export interface Plan {
  folder: string;
  options?: Partial<EngineSimulatorOptions>;
  /** Adds to the laboratory's data. */
  prepare?: (data: EngineData) => unknown;
  /** These come first, in this order; the others follow by name. */
  first?: readonly string[];
  /** What happens right before a request. */
  before?: Readonly<Record<string, (simulator: EngineSimulator, replay: Replay) => unknown>>;
  /** Brings back what the recordings shortened. */
  bodies?: Readonly<Record<string, (body: string) => string>>;
}

export const ADMIN = '2a7145ba-ed24-11f1-bf2b-02fc00000001';
const VERA = 'd3782f18-f8c4-4e14-a5f4-f511ad5caf79';
export const TESS = '2daee20d-7969-4e9c-97fe-af3bb03d3653';
export const GAIL = '55eb0d8e-8a1f-427f-a671-215134eb8fdf';
const OPS = '61666134-3066-6338-2d35-3738332d3465';
export const LAB_CLUSTER = '508ca972-d2cc-4e5b-81dc-850f08e0c1d8';
export const FAKE_CLUSTER = 'fd32d22b-d473-4631-af4e-67d1e0534204';
export const BLANK = '00000000-0000-0000-0000-000000000000';
export const LAB = 'e0e23ce8-1f30-45b8-a784-e97008bf783f';

const DEFAULT = '8a39b7d0-ed23-11f1-933b-02fc00000001';
const FAKE = '8fa3e479-55c0-42a3-8a2a-688bf281e81a';
const SYSTEM = 'aaa00000-0000-0000-0000-123456789aaa';

/** Users of the recordings by the ends of their tokens. */
export const OWNERS: Readonly<Record<string, string>> = {
  ...{ admin: ADMIN, vera: VERA, tess: TESS, gail: GAIL, webadmin: ADMIN },
  alice: 'f71cfd11-8bcf-44de-9555-20b5b8973866',
};

/** The same behind Keycloak. */
export const KEYCLOAK_OWNERS: Readonly<Record<string, string>> = {
  admin: '5cbb70df-9489-4823-a032-1e4cfa399009',
  vera: '29f3df16-fda0-40cd-8cf2-31a1e4e83abc',
  nora: '4149f82d-60e2-4fc5-aa51-7b4562d4077b',
  gila: '61e12c2a-3acb-4773-b7e9-79f9df7342ae',
  mara: '7b1f6c34-0000-4000-8000-000000000001',
  maxi: '7b1f6c34-0000-4000-8000-000000000002',
};

function person(id: string, login: string, more: Partial<SimUser> = {}): SimUser {
  return {
    ...{ id, login, domain: 'internal', password: 'password', firstName: login, lastName: 'Lab' },
    ...{ email: `${login}@engine.example`, admin: false, ...more },
  };
}

const CONSOLE = { type: 'vnc', address: '', port: 0 } as const;
const id = (n: number) => `7b1f6c34-0000-4000-8000-0000000000${n}`;

function people(): SimUser[] {
  const keycloak = Object.entries(KEYCLOAK_OWNERS).map(([login, userId]) =>
    person(userId, login, { domain: 'internalkeycloak', withoutRole: true }),
  );
  const [kay, , , gila, mara] = keycloak;
  if (kay) Object.assign(kay, { login: 'admin@ovirt', admin: true, withoutRole: false, email: '' });
  if (gila) Object.assign(gila, { withoutRole: false, email: '', groupIds: [OPS] });
  if (mara) mara.login = 'mara@corp.example';
  return [
    ...[person(ADMIN, 'admin', { admin: true }), person(VERA, 'vera'), person(TESS, 'tess')],
    person(GAIL, 'gail', { groupIds: [OPS] }),
    person(OWNERS.alice ?? '', 'alice', { withoutRole: true }),
    person(id(11), 'dora', { account: 'disabled' }),
    person(id(12), 'xena', { account: 'expired' }),
    person(id(13), 'lou'),
    ...keycloak,
    person(id(14), 'dora', { domain: 'internalkeycloak', account: 'disabled' }),
  ];
}

/** The engine that was recorded, before the first request. */
export function lab(): EngineData {
  const data = engineData([]);
  data.users = people();
  data.groups.push({ id: OPS, name: 'ops', domain: 'internal-authz' });
  data.permissions = [
    simPermission(10, 'SuperUser', ADMIN, 'system', SYSTEM),
    ...data.permissions.filter(({ principalId }) => data.groups.some((group) => group.id === principalId)),
    simPermission(11, 'UserRole', VERA, 'system', SYSTEM),
    simPermission(12, 'VmCreator', TESS, 'cluster', LAB_CLUSTER),
    simPermission(13, 'UserRole', OPS, 'cluster', LAB_CLUSTER),
    simPermission(14, 'VmCreator', TESS, 'cluster', FAKE_CLUSTER),
  ];
  data.dataCenters = [
    { id: DEFAULT, name: 'Default', description: 'The default Data Center', status: 'uninitialized' },
    { id: LAB, name: 'lab', description: '', status: 'up' },
    { id: FAKE, name: 'fake-dc', description: '', status: 'up' },
  ];
  data.clusters = [
    { id: '8a47e706-ed23-11f1-af33-02fc00000001', name: 'Default', dataCenterId: DEFAULT },
    { id: LAB_CLUSTER, name: 'lab-cluster', dataCenterId: LAB },
    { id: FAKE_CLUSTER, name: 'fake-cluster', dataCenterId: FAKE },
  ];
  data.hosts = ['3f769526-fe60-420f-bf5e-81ca704d8411', '7b887c1e-a530-4f58-975d-a3a4268a03fc'].map((hostId, n) => ({
    ...{ id: hostId, name: `fake-host-${n + 1}`, clusterId: FAKE_CLUSTER, status: 'up', address: `192.0.2.${n + 1}` },
  }));
  data.vnicProfiles = ['839bc14d-209c-479b-983d-1568dddb8709', 'eb2e170e-d9f2-4c7e-a9d1-622192102a77'].map(
    (profileId) => ({
      ...{ id: profileId, name: 'ovirtmgmt', networkId: id(21) },
    }),
  );
  return data;
}

/** A VM that was there before the folder's requests: down, without NICs and disks. */
export function was(data: EngineData, vmId: string, name: string, more: Partial<VmSeed> = {}): void {
  const usual = {
    id: vmId,
    status: 'down',
    clusterId: LAB_CLUSTER,
    fqdn: null,
    nics: [],
    disks: [],
    unreported: true,
    display: CONSOLE,
  };
  data.vms.push(simVm({ ...usual, name, ...more }, data.vms.length));
}
