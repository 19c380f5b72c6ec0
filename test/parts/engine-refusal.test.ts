import { appErrorOf } from '../../src/compute-resources';
import { EngineError, EngineIdentity, HttpEngineClient } from '../../src/engine';
import { STATUS } from '../../src/web/error-status';
import { engineErrorOf } from '../support/engine-simulators';
import { RecordedEngine } from '../support/recorded-engine';

const ADMIN = EngineIdentity.accessKey({ user: 'admin@internal', password: 'password' });
const VM = '6e098b86-89bc-45fa-bf16-318199e804a8';
const NEW = { id: VM, name: 'web1', clusterId: VM, templateId: VM };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
});

async function refusal(recording: string, url?: string) {
  const engine = await RecordedEngine.start();
  const client = new HttpEngineClient({ url: url ?? engine.url });
  open.push(engine, client);
  engine.answer('POST /vms', recording);
  return appErrorOf('dc1', await engineErrorOf(client.vms.create(ADMIN, NEW, { correlationId: 'c' })));
}

it.each([
  [403, 'engine_permission', 403, '07-rights/userrole-vm-create'],
  [403, 'engine_permission', 400, '07-rights/vmcreator-unfiltered-write'],
  [404, undefined, 404, '03-vm/create-unknown-cluster'],
  [409, undefined, 409, '03-vm/create-same-name'],
  [409, undefined, 409, '55-faults/vm-start-low-space'],
  [409, undefined, 400, '55-faults/start-no-host-up'],
  [409, undefined, 400, '56-failures/refuse-start'],
  [422, undefined, 400, '03-vm/create-name-65'],
  [422, undefined, 400, '05-faults/wrong-type-boolean'],
  [502, undefined, 500, '05-faults/empty-body'],
])('HTTP %d, reason %s: the engine’s %d of %s', async (status, reason, engineStatus, recording) => {
  const { code, details, message } = await refusal(recording);
  expect([STATUS[code], details.reason]).toEqual([status, reason]);
  expect(details.engine).toMatchObject({ computeResource: 'dc1', status: engineStatus });
  expect(details.engine?.detail).toMatch(/./);
  expect(message).toMatch(/^dc1: The engine/);
});

it('tells the engine’s own words, without its addresses', async () => {
  const { details, message } = await refusal('05-faults/wrong-type-boolean');
  expect(details.engine?.detail).toBe('For correct usage, see: [address]');
  expect(message).not.toMatch(/https?:/);
});

it.each([
  ['Host 10.37.140.1 is away', 'Host [address] is away'],
  ['Host 10.37.140.1:54321.', 'Host [address].'],
  ['[2001:db8::1]:443 and fe80::1, node1.example.com:54321', '[address] and [address], [address]'],
  ['ovirt-engine 4.3.9.4 is older than 4.4.10.7', 'ovirt-engine 4.3.9.4 is older than 4.4.10.7'],
  ['Failed at 12:30:05: VM web1', 'Failed at 12:30:05: VM web1'],
])('of "%s" is told "%s"', (detail, told) => {
  const error = new EngineError('conflict', detail, { detail });
  expect(appErrorOf('dc1', error).details.engine?.detail).toBe(told);
});

it('an engine that is away is 503, and nobody learns where it is', async () => {
  const { code, details, message } = await refusal('03-vm/create', 'http://127.0.0.1:1');
  expect(STATUS[code]).toBe(503);
  expect(details.engine).toEqual({ computeResource: 'dc1', status: null, detail: null });
  expect(message).toBe('dc1: the engine refuses the connection; check the port and that the engine runs');
});
