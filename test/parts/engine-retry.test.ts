import { EngineIdentity, HttpEngineClient, retryOf } from '../../src/engine';
import { engineErrorOf } from '../support/engine-simulators';
import { RecordedEngine } from '../support/recorded-engine';

const ADMIN = EngineIdentity.accessKey({ user: 'admin@internal', password: 'password' });
const VM = '6e098b86-89bc-45fa-bf16-318199e804a8';

let engine: RecordedEngine;
let client: HttpEngineClient;
beforeAll(async () => {
  engine = await RecordedEngine.start();
  client = new HttpEngineClient({ url: engine.url });
});
afterAll(async () => {
  await client.close();
  await engine.close();
});

describe.each([
  [
    'later',
    [
      '03-vm/create-race-2',
      '03-actions/start-no-host',
      '03-actions/start-no-host-pinned',
      '03-template/create-from-snapshot',
      '07-rights/userrole-vm-start',
      '50-launch/vm-start-again',
      '51-template/template-delete-locked',
      '51-template/template-delete-disks-still-going',
      '51-template/vm-thin-start-locked',
      '52-transfer/disk-delete-while-transferring',
      '55-faults/start-no-host-up',
      '55-faults/start-not-enough-memory',
      '55-faults/transfer-no-host',
      '55-faults/vm-start-in-dead-datacenter',
      '56-failures/refuse-start',
      '56-failures/silent-vm-stop',
    ],
  ],
  [
    'user',
    [
      '03-vm/create-same-name',
      '03-vm/create-quota-unknown',
      '03-actions/delete-protected',
      '03-actions/reboot-down',
      '03-template/delete-in-use',
      '07-rights/userrole-vm-create',
      '07-rights/vmcreator-unfiltered-write',
      '08-quota/ordinary-create-no-quota',
      '50-launch/vm-delete-running',
      '55-faults/vm-start-low-space',
    ],
  ],
  [
    'never',
    [
      '03-vm/create-name-65',
      '03-vm/create-unknown-property',
      '03-vm/create-unknown-cluster',
      '05-faults/wrong-type-boolean',
      '05-faults/empty-body',
    ],
  ],
])('a refusal that may succeed %s', (retry, recordings) => {
  it.each(recordings)('%s', async (recording) => {
    engine.answer('POST /vms', recording);
    const vm = { id: VM, name: 'web1', clusterId: VM, templateId: VM };
    expect(retryOf(await engineErrorOf(client.vms.create(ADMIN, vm, { correlationId: 'c' })))).toBe(retry);
  });
});

it('an engine that is away may be back later', async () => {
  const away = new HttpEngineClient({ url: 'http://127.0.0.1:1' });
  expect(retryOf(await engineErrorOf(away.vms.get(ADMIN, VM)))).toBe('later');
  await away.close();
});
