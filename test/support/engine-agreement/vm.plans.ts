import type { EngineData, EngineSimulator } from '../../../tools/engine-simulator';
import { simTemplate } from '../../../tools/engine-simulator';
import { BLANK, GAIL, LAB, LAB_CLUSTER, was, type Plan } from './lab';

const WEB1 = '6e098b86-89bc-45fa-bf16-318199e804a8';
const TEMPLATE = '07128b26-ddd9-4b43-8e7f-94cc3d4a63d5';
const BIG = { cluster: { id: LAB_CLUSTER }, template: { id: BLANK } };
const unlocks: (() => void)[] = [];

const withoutHosts = (data: EngineData): unknown => (data.hosts = []);

function setLab(status: string) {
  return ({ data }: EngineSimulator): void => {
    const lab = data.dataCenters.find(({ id }) => id === LAB);
    if (lab) lab.status = status;
  };
}

const vm: Plan = {
  folder: '03-vm',
  prepare: withoutHosts,
  first: [
    ...['create-datacenter-not-up', 'create', 'create-jobs', 'create-jobs-follow-steps', 'create-job'],
    ...['create-job-steps', 'create-events', 'create-same-name-same-correlation', 'create-job-later'],
    ...['create-events-later', 'get', 'list', 'create-given-id', 'create-given-id-again'],
    ...['create-given-id-other-name', 'create-given-id-after', 'nic-add', 'nics', 'nic-add-again'],
    ...['create-initialization', 'get-initialization', 'put-initialization-host-name', 'put-initialization-empty'],
    ...['get-initialization-after-empty', 'create-payload', 'get-payload', 'get-payload-all-content'],
    ...['put-payload-empty', 'get-payload-after-empty', 'nics-follow-reported_devices'],
    ...['nics-follow-reporteddevices', 'put-memory'],
  ],
  bodies: {
    'create-initialization-script-200k': () =>
      JSON.stringify({ ...BIG, name: 'big-script', initialization: { custom_script: '#'.repeat(200_000) } }),
    'create-payload-12000': (body) => body.replace('"x"', `"${'x'.repeat(12_000)}"`),
    'create-payload-6000': (body) => body.replace('"x"', `"${'x'.repeat(6000)}"`),
    'create-payload-8192': (body) => body.replace('"x"', `"${'x'.repeat(8192)}"`),
    'create-payload-8193': (body) => body.replace('"x"', `"${'x'.repeat(8193)}"`),
  },
  before: {
    'create-datacenter-not-up': setLab('uninitialized'),
    create: setLab('up'),
    'create-job-later': ({ control }) => control.advance(3000),
    'create-race-2': ({ control }) => unlocks.push(control.lock('vm:race')),
    'create-race-result': () => unlocks.splice(0).forEach((unlock) => unlock()),
  },
};

const actions: Plan = {
  folder: '03-actions',
  prepare(data) {
    withoutHosts(data);
    was(data, WEB1, 'web1');
    was(data, 'd4be3f9d-4e36-4346-977c-ea84801634fb', 'net', { bootsFromNetwork: true });
    was(data, '0e0d2836-8313-4eb3-aae8-adf5595ed2be', 'web9');
    was(data, '80845d34-cb6e-42c3-8373-d247384844a3', 'web3', { deleteProtected: true });
    was(data, '40e24ce0-7b68-4b01-a54d-5147880a30e0', 'web2');
    was(data, 'e3b9c63c-2281-4329-8905-1fbaa650babd', 'a1');
    was(data, '74d046fd-5389-455b-a2b0-590c6d40b3df', 'a2');
    was(data, 'f262770b-1feb-48ce-80bb-41ad0ae25576', 'a3');
    was(data, '1dd345b1-cb21-4eb5-a6a3-ff7daa88676d', 'a4');
    was(data, '12345678-1234-1234-1234-123456789abc', 'given-id');
  },
  first: ['delete'],
};

const template: Plan = {
  folder: '03-template',
  prepare(data) {
    withoutHosts(data);
    was(data, WEB1, 'web1', { nics: [] });
  },
  first: [
    ...['create', 'create-poll-0', 'create-poll-1', 'create-poll-2', 'create-poll-3', 'create-poll-4'],
    ...[
      'create-poll-5',
      'create-jobs',
      'create-events',
      'get',
      'get-xml',
      'list',
      'create-given-id',
      'create-given-id-again',
    ],
    ...['create-name-41', 'create-name-65', 'create-seal', 'create-vm-by-name', 'create-version'],
    ...['nic-add', 'nic-add-again', 'vm-from-template', 'vm-from-template-name', 'vm-from-template-nics'],
    ...['vm-from-template-other-cluster', 'delete-in-use', 'delete-version-2', 'delete-version-1'],
    ...['delete', 'delete-events', 'delete-get-after'],
  ],
  before: {
    'create-poll-4': ({ control }) => control.advance(4000),
    ...Object.fromEntries(
      [
        'create-given-id-again',
        'create-name-41',
        'create-name-65',
        'create-seal',
        'create-vm-by-name',
        'create-version',
      ]
        .concat('create-from-active-snapshot', 'vm-from-template', 'create-name-256')
        .map((name) => [name, ({ control }: EngineSimulator) => control.advance(4000)]),
    ),
  },
};

const faults: Plan = {
  folder: '05-faults',
  prepare: (data) => was(data, WEB1, 'web1'),
  bodies: {
    'big-body': (body) => body.replace(/d…[^"]*/, 'd'.repeat(5000) + '"}'),
    'description-4001': (body) => body.replace(/d…[^"]*/, 'd'.repeat(4001) + '"}'),
  },
};

const rights: Plan = {
  folder: '07-rights',
  prepare(data) {
    was(data, WEB1, 'web1', { status: 'image_locked', isCaptured: true });
    data.templates.push(simTemplate({ id: TEMPLATE, name: 'tmpl1', clusterId: LAB_CLUSTER }));
    data.permissions = data.permissions.filter(({ principalId }) => principalId !== GAIL);
  },
  before: {
    'vmcreator-own-job': ({ data }, replay) =>
      replay.means('a0f589d5-b63e-45bc-8f10-81ef70ed44e6', data.jobs.at(-1)?.id),
  },
  first: [
    ...[
      'vmcreator-vms',
      'grant-group-role',
      'grant-vmcreator-cluster',
      'vmcreator-cluster-vm-create',
      'vmcreator-own-vm-get',
    ],
    ...['vmcreator-own-events', 'vmcreator-own-job', 'vmcreator-own-job-steps', 'vmcreator-own-vm-nic'],
    ...['vmcreator-own-vm-permissions', 'vmcreator-own-vm-permissions-follow-role', 'vmcreator-own-vm-put'],
    ...['vmcreator-own-vm-start', 'vmcreator-own-vm-template', 'vmcreator-user-permissions'],
  ],
};

const quota: Plan = {
  folder: '08-quota',
  prepare(data) {
    const usual = { description: '', dataCenterId: LAB, consumers: [] };
    data.quotas.push({ ...usual, id: '911b18e0-5b6c-4d9c-ab70-8521ab174996', name: 'small' });
    was(data, '6d94e2d2-5b12-49cc-af2f-4097a25a1d57', 'q3-before');
  },
  first: ['quota-add', 'datacenter-quota-mode', 'ordinary-create-no-quota', 'ordinary-create-quota'],
};

export const VM_PLANS: readonly Plan[] = [vm, actions, template, faults, rights, quota];
