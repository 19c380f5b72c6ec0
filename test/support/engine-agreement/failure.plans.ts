import { simDisk, simPermission, type EngineSimulator, type SimVm } from '../../../tools/engine-simulator';
import { FAKE_CLUSTER, TESS, type Plan } from './lab';
import { DISK, first, ready, running, turn } from './steps';

const undo: (() => void)[] = [];

/** A VM that asks for more than any host has. */
function needs(what: Partial<SimVm>) {
  return ({ data }: EngineSimulator): void => {
    for (const one of data.dataCenters) one.status = 'up';
    for (const host of data.hosts) Object.assign(host, { cpus: 16, memoryBytes: 71_679 * 1024 ** 2 });
    const big = data.vms.find(({ name }) => name === 'big');
    Object.assign(big ?? {}, what);
  };
}

/** A VM's life up to where its guest decides what becomes of it. */
const life = (name: string, ...rest: string[]) =>
  ['start', 'vm-wait-for-launch', 'vm-powering-up', ...rest].map((what) => `${name}-${what}`);

/** What is due between the steps of `life`. */
const turns = (name: string, more: Record<string, (simulator: EngineSimulator) => unknown> = {}) =>
  Object.fromEntries(
    Object.entries({ 'vm-powering-up': turn(1600), 'vm-up': turn(3000), ...more }).map(([what, act]) => [
      `${name}-${what}`,
      act,
    ]),
  );

const faults: Plan = {
  folder: '55-faults',
  prepare(data) {
    ready(data, '6e8fbbce-fad5-4f2c-8a68-b145dca9f857', 'f-3bcvb', {
      nics: [{ id: DISK, name: 'nic1', mac: '56:6f:1a:2b:00:31', addresses: [] }],
      maxMemoryBytes: 4 * 1024 ** 3,
    });
    ready(data, 'f2df76c3-1c9e-4709-b946-b76bbe7fbd57', 'big');
  },
  first: [
    ...['start-no-disk', 'stop-down', 'shutdown-down', 'reboot-down', 'reset-down', 'suspend-down'],
    ...['start-up', 'delete-up', 'update-cluster-running', 'start-no-host-up', 'vm-start-in-dead-datacenter'],
  ],
  before: {
    'start-no-disk': (simulator) => {
      const disks = simulator.data.vms[0]?.disks ?? [];
      undo.push(() => first({ disks })(simulator));
      first({ disks: [] })(simulator);
    },
    'start-up': (simulator) => {
      undo.splice(0).forEach((act) => act());
      first(running(simulator))(simulator);
    },
    'start-no-host-up': (simulator) => {
      first({ status: 'down', hostId: undefined, nextRun: undefined })(simulator);
      simulator.control.setHosts('down');
    },
    'start-not-enough-cpus': needs({ sockets: 64 }),
    'start-not-enough-memory': needs({ sockets: 1, memoryBytes: 2 ** 40 }),
    'vm-start-in-dead-datacenter': ({ data }) => data.dataCenters.forEach((one) => (one.status = 'problematic')),
    'datacenter-no-host': ({ control }) => control.setHosts('up'),
    'vm-add-cpus-too-many': ({ data }) => data.dataCenters.forEach((one) => (one.status = 'up')),
  },
};

const failures: Plan = {
  folder: '56-failures',
  prepare(data) {
    ready(data, '91046d7e-dbe6-43b2-9ae7-2fa38a784a19', 'x-38ktp-crash');
    ready(data, '61f54531-5153-44e0-845c-a1ba1f4a4d68', 'x-3apil-deaf', { guest: { obeys: false } });
    ready(data, 'dd87bae4-3530-4c3d-9f7d-14b74c44e678', 'x-3akm3-guest-shutdown', {
      guest: { agent: false, leaves: true },
    });
    ready(data, 'd140f584-b54d-4553-9a45-74fbdd0ec873', 'x-3a6v1-noagent', { guest: { agent: false } });
    ready(data, '48c4a30f-1e0f-4608-8c2e-d9a5c43b65ac', 'x-39to3-noip', { guest: { agent: false } });
    ready(data, '76edbb33-21f7-406f-a4de-73b8bf74fcd2', 'x-39o2i-paused', { guest: { agent: false, pauses: true } });
    ready(data, '989d0386-c818-4115-b799-65b3cc86327b', 'x-38scy-refuse');
    ready(data, 'fc83ca3b-2a05-40b0-a4dd-e11e96f67099', 'x-3cz1a-orphan');
  },
  first: [
    ...['refuse-start', 'refuse-vm-down', 'refuse-events'],
    ...[...life('crash', 'vm-down', 'events', 'vm-after'), ...life('deaf', 'vm-up', 'events')],
    ...['deaf-vm-shutdown-powering-down', 'deaf-events-shutdown', 'deaf-vm-shutdown-up'],
    ...life('guest-shutdown', 'vm-up', 'events', 'vm-down', 'vm-after'),
    ...[...life('noagent', 'vm-up', 'events'), ...life('noip', 'vm-up', 'events')],
    ...life('paused', 'vm-up', 'events', 'vm-paused-enospc', 'vm-after'),
    ...['silent-host-up', 'silent-vm-up', 'silent-host-connecting', 'silent-vm-stop', 'silent-vm-delete'],
  ],
  before: {
    'refuse-start': ({ control }) => control.refuseStarts(),
    'crash-start': ({ control }) => {
      control.refuseStarts(0);
      control.crashStarts(2);
    },
    ...turns('crash', { 'vm-down': turn(3000), 'vm-after': turn(10_000) }),
    ...turns('deaf'),
    'deaf-vm-shutdown-powering-down': (_, replay) =>
      replay.ask('POST', '/vms/61f54531-5153-44e0-845c-a1ba1f4a4d68/shutdown', '{}', {
        'Correlation-Id': 'a0a48f2f-30d3-408c-a152-c13c4c671b8e',
      }),
    'deaf-vm-shutdown-up': turn(3000),
    'deaf-vm-after': turn(15_000),
    ...turns('guest-shutdown', { 'vm-down': turn(4000) }),
    ...turns('noagent'),
    ...turns('noip'),
    ...turns('paused', { 'vm-paused-enospc': turn(4000) }),
    'silent-host-up': (simulator) => {
      const vm = simulator.data.vms.find(({ name }) => name === 'x-3cz1a-orphan');
      Object.assign(vm ?? {}, { ...running(simulator), unreported: true });
    },
    'silent-host-connecting': ({ control }) => {
      undo.push(control.silenceHostOf('fc83ca3b-2a05-40b0-a4dd-e11e96f67099'));
      control.advance(20_000);
    },
    'silent-host-back-up': () => undo.splice(0).forEach((act) => act()),
  },
};

const nextrun: Plan = {
  folder: '57-nextrun',
  prepare: (data) =>
    ready(data, '17f943b0-02e2-412e-aa8f-a17b41820d96', 'nr-3m5vl', {
      initialization: { host_name: 'web', custom_script: 'a\nb', user_name: 'root', root_password: 'x' },
    }),
  first: [
    ...['vm-update-initialization-running', 'vm-after-initialization-update', 'vm-update-initialization-next-run'],
    ...['vm-update-bios-running', 'vm-next-run', 'vm-current', 'vm-after-stop'],
  ],
  before: {
    'vm-update-initialization-running': (simulator) => first({ ...running(simulator), unreported: true })(simulator),
    'vm-after-stop': (simulator) =>
      first({ status: 'down', hostId: undefined, nextRun: undefined, stopReason: '' })(simulator),
  },
};

const rights: Plan = {
  folder: '58-rights',
  first: [
    ...['vm-add', 'vm-nic-add', 'vm-start', 'vm', 'reporteddevices', 'graphicsconsoles', 'vm-stop'],
    ...['template-add-no-right', 'template-add', 'vm-from-template-add', 'vm-from-template-delete', 'vm-delete'],
  ],
  before: {
    'vm-start': first({ disks: [simDisk(DISK, 'own-root')] }),
    vm: turn(5000),
    reporteddevices: turn(15_000),
    'template-add-no-right': turn(1000),
    'template-add': ({ data }) =>
      data.permissions.push(simPermission(20, 'TemplateCreator', TESS, 'cluster', FAKE_CLUSTER)),
    'vm-from-template-add': turn(6000),
    'vm-from-template-delete': turn(6000),
  },
};

/** What goes wrong, what waits for the next run, and what ordinary users may. */
export const FAILURE_PLANS: readonly Plan[] = [faults, failures, nextrun, rights];
