import { engineData, simTemplate, startEngineSimulator, type EngineSimulator } from '.';

const BASIC = `Basic ${Buffer.from('admin@internal:admin-password').toString('base64')}`;
const HEADERS = { Authorization: BASIC, Accept: 'application/json', 'Content-Type': 'application/json' };
const CLUSTER = '58ad9d2d-013a-00aa-018f-000000000101';
const TEMPLATE = '58ad9d2d-0eee-00aa-018f-000000000001';

let engine: EngineSimulator;
beforeEach(async () => {
  const data = engineData([{ name: 'sleeper', status: 'down', unreported: true }]);
  const disk = { id: '58ad9d2d-0ddd-00aa-018f-000000000001', name: 'root', provisionedBytes: 1024 };
  data.templates.push(simTemplate({ id: TEMPLATE, name: 'fedora', clusterId: CLUSTER, disks: [disk] }));
  engine = await startEngineSimulator({ version: '4.5', data, now: () => 1_700_000_000_000 });
});
afterEach(() => engine.close());

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${engine.url}/ovirt-engine/api${path}`, {
    method,
    headers: { ...HEADERS, ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json');
  return { status: response.status, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
}

const sleeper = () => engine.data.vms[0]?.id ?? '';
const act = (name: string, body: object = {}, headers = {}) => ask('POST', `/vms/${sleeper()}/${name}`, body, headers);
const stateOf = async (id = sleeper()) => (await ask('GET', `/vms/${id}`)).body.status;
const detailOf = ({ body }: Answer) =>
  (body.fault ? (body.fault as { detail: string }) : (body as { detail?: string })).detail;
const jobState = async (correlationId: string) => {
  const { body } = await ask('GET', `/jobs?search=correlation_id%3D${correlationId}`);
  return (body.job as { status: string }[] | undefined)?.[0]?.status;
};

/** The states seen after each of these times. */
async function states(...turns: number[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const ms of turns) {
    engine.control.advance(ms);
    seen.push(await stateOf());
  }
  return seen;
}

describe('a start', () => {
  it('goes its way as the clock is turned, and the job ends with it', async () => {
    expect((await act('start', {}, { 'Correlation-Id': 'c1' })).status).toBe(200);
    expect(await states(0, 1600)).toEqual(['wait_for_launch', 'powering_up']);
    expect(await jobState('c1')).toBe('started');
    expect(await states(3000)).toEqual(['up']);
    expect(await jobState('c1')).toBe('finished');
  });

  it('that a host loses is down for a moment, and up on the next one', async () => {
    engine.control.crashStarts(1);
    await act('start', {}, { 'Correlation-Id': 'c1' });
    expect(await states(4600)).toEqual(['down']);
    expect(await jobState('c1')).toBe('started');
    expect(await states(1000, 4600)).toEqual(['wait_for_launch', 'up']);
    expect(await jobState('c1')).toBe('finished');
  });

  it('is taken by the next host when the first refuses, and by none when all do', async () => {
    const [, second] = engine.data.hosts;
    engine.control.refuseStarts(1);
    await act('start');
    expect(engine.data.vms[0]?.hostId).toBe(second?.id);
    await act('stop');
    engine.control.advance(300);
    engine.control.refuseStarts();
    const refused = await act('start');
    expect([refused.status, detailOf(refused)]).toEqual([400, expect.stringContaining('There are no hosts to use')]);
  });

  it('waits for locked disks and for a configuration that is being applied', async () => {
    const [vm] = engine.data.vms;
    const [disk] = vm?.disks ?? [];
    if (disk) disk.status = 'locked';
    expect(detailOf(await act('start'))).toContain('The following disks are locked: sleeper_Disk1');
    if (disk) disk.status = 'ok';
    await act('start');
    engine.control.advance(5000);
    await ask('PUT', `/vms/${sleeper()}`, { cpu: { topology: { cores: 8 } } });
    await act('stop');
    engine.control.advance(300);
    expect(detailOf(await act('start'))).toBe('[Cannot run VM. VM is being updated.]');
    engine.control.advance(1000);
    expect((await act('start')).status).toBe(200);
    expect(engine.data.vms[0]?.cores).toBe(8);
  });
});

describe('a guest', () => {
  const devices = async () => (await ask('GET', `/vms/${sleeper()}/reporteddevices`)).body.reported_device;

  it('has an address some seconds after up, when the engine has asked its agent', async () => {
    await act('start');
    expect(await states(4600)).toEqual(['up']);
    expect(await devices()).toBeUndefined();
    engine.control.advance(10_400);
    expect(await devices()).toEqual([expect.objectContaining({ name: 'eth0' })]);
  });

  it('that has no agent never reports', async () => {
    engine.control.setGuest(sleeper(), { agent: false });
    await act('start');
    engine.control.advance(3_600_000);
    expect(await devices()).toBeUndefined();
  });

  it('that is deaf stays up after a shutdown', async () => {
    engine.control.setGuest(sleeper(), { obeys: false });
    await act('start');
    engine.control.advance(4600);
    await act('shutdown');
    expect(await states(0, 3000)).toEqual(['powering_down', 'up']);
  });

  it('on a silent host stays up, and a stop that failed is carried out when the host is back', async () => {
    await act('start');
    engine.control.advance(4600);
    const back = engine.control.silenceHostOf(sleeper());
    const stopped = await act('stop', {}, { 'Correlation-Id': 'c2' });
    expect(await jobState('c2')).toBe('failed');
    expect([stopped.status, detailOf(stopped)]).toEqual([400, '[Network error during communication with the Host.]']);
    expect(await states(60_000)).toEqual(['up']);
    back();
    expect(await stateOf()).toBe('down');
  });
});

it('a suspend is 202, and the next start wakes the VM up', async () => {
  await act('start');
  engine.control.advance(4600);
  expect((await act('suspend')).status).toBe(202);
  expect(await states(0, 2500, 2500)).toEqual(['up', 'saving_state', 'suspended']);
  await act('start');
  expect(await states(0, 5000)).toEqual(['restoring_state', 'up']);
});

it('a next-run configuration ruins the script and loses user and password', async () => {
  const initialization = { custom_script: 'a\nb', user_name: 'root', root_password: 'x', host_name: 'h' };
  await ask('PUT', `/vms/${sleeper()}`, { initialization });
  await act('start');
  engine.control.advance(5000);
  await ask('PUT', `/vms/${sleeper()}`, { cpu: { topology: { cores: 8 } } });
  expect(engine.data.vms[0]?.initialization).toEqual(initialization);
  await act('stop');
  engine.control.advance(1300);
  expect(engine.data.vms[0]?.initialization).toEqual({ custom_script: 'a&#10;b', host_name: 'h' });
});

describe('creates', () => {
  const make = (more: object) => ask('POST', '/vms', { cluster: { id: CLUSTER }, template: { id: TEMPLATE }, ...more });
  const id = '12345678-1234-1234-1234-123456789abc';

  it('keep the id that was chosen, refuse it a second time, and lock the disks for a while', async () => {
    const { status, body } = await make({ id, name: 'thin' });
    expect([status, body.id, body.status, body.creation_status]).toEqual([202, id, 'image_locked', 'pending']);
    expect((await make({ id, name: 'other' })).status).toBe(400);
    engine.control.advance(5000);
    expect(await stateOf(id)).toBe('down');
  });

  it('of a name that is being taken are refused', async () => {
    const unlock = engine.control.lock('vm:thin');
    expect(detailOf(await make({ name: 'thin' }))).toContain('Related operation is currently in progress');
    unlock();
    expect((await make({ name: 'thin' })).status).toBe(202);
  });

  it('may be done although the connection was cut before the answer', async () => {
    engine.control.fault({ kind: 'cut_after', method: 'POST', times: 1 });
    await expect(make({ id, name: 'thin' })).rejects.toThrow('fetch failed');
    expect(await stateOf(id)).toBe('image_locked');
  });

  it('and deletes leave the template in use until the disks are gone', async () => {
    await make({ id, name: 'thin' });
    engine.control.advance(5000);
    expect((await ask('DELETE', `/vms/${id}`)).status).toBe(200);
    expect((await ask('GET', `/vms/${id}`)).status).toBe(404);
    const refused = await ask('DELETE', `/templates/${TEMPLATE}`);
    expect(detailOf(refused)).toContain('The following Disk(s) are based on it');
    engine.control.advance(4000);
    expect((await ask('DELETE', `/templates/${TEMPLATE}`)).status).toBe(200);
  });
});

it('a capture locks template and VM until it is done', async () => {
  const { body } = await ask('POST', '/templates', { name: 'image', vm: { id: sleeper() } });
  expect([body.status, await stateOf()]).toEqual(['locked', 'image_locked']);
  expect(detailOf(await act('start'))).toBe('[Cannot run VM. Template is being created from this VM.]');
  engine.control.advance(5000);
  const template = await ask('GET', `/templates/${String(body.id)}`);
  expect([template.body.status, await stateOf()]).toEqual(['ok', 'down']);
});

it('what an ordinary user creates is theirs, and the rest stays hidden', async () => {
  const reader = engine.data.users.find(({ login }) => login === 'reader');
  engine.data.permissions = engine.data.permissions.filter(({ principalId }) => principalId !== reader?.id);
  engine.control.grant(reader?.id ?? '', 'VmCreator', 'cluster', CLUSTER);
  const headers = { Authorization: `Basic ${Buffer.from('reader@corp:reader-password').toString('base64')}` };
  const made = await ask(
    'POST',
    '/vms',
    { name: 'mine', cluster: { id: CLUSTER }, template: { name: 'Blank' } },
    headers,
  );
  const { body } = await ask('GET', '/vms', undefined, headers);
  expect(body.vm).toEqual([expect.objectContaining({ id: made.body.id, name: 'mine' })]);
  expect((await ask('POST', `/vms/${sleeper()}/start`, {}, headers)).status).toBe(403);
  expect((await ask('GET', '/jobs', undefined, headers)).status).toBe(400);
});

it.each(['3.4', '3.6'] as const)(
  '%s: a VM is made, started and deleted, and its states are objects',
  async (version) => {
    await engine.close();
    engine = await startEngineSimulator({ version, now: () => 1_700_000_000_000 });
    const wanted = { name: 'old', cluster: { id: CLUSTER }, template: { name: 'Blank' } };
    const boot = { os: { boot: { devices: { device: ['network'] } } } };
    const made = await ask('POST', '/vms', { ...wanted, ...boot }, { 'Correlation-Id': 'c1' });
    expect([made.status, made.body.status]).toEqual([201, { state: 'down' }]);
    const id = String(made.body.id);
    expect((await ask('POST', `/vms/${id}/start`, {})).body.status).toEqual({ state: 'complete' });
    expect((await ask('GET', '/events?search=correlation_id%3Dc1')).body.event).toHaveLength(1);
    engine.control.advance(5000);
    expect(await stateOf(id)).toEqual({ state: 'up' });
    await ask('POST', `/vms/${id}/stop`, {});
    engine.control.advance(1000);
    expect((await ask('DELETE', `/vms/${id}`)).status).toBe(200);
  },
);
