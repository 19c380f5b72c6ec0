import { Clock } from '../../src/common/clock';
import { EngineError, type EngineVm } from '../../src/engine';
import { EngineAccess } from '../../src/operations/engine-access';
import { startEngineSimulator } from '../../tools/engine-simulator';
import { basic, startApp, type RunningApp } from '../support/app';
import { EngineBench, MARA_ID } from '../support/engine-simulators';
import { eventually } from '../support/eventually';
import {
  EnginePerson,
  TEMPLATE_ID,
  addTemplate,
  wish,
  type BegunMachine,
  type ShownOperation,
} from '../support/machines';
import { registerEngine, trail } from '../support/sign-in';

type Engine = Awaited<ReturnType<typeof startEngineSimulator>>;

jest.setTimeout(60_000);

/** The engine's time runs so much faster, and that by which the service judges what may come late. */
const FASTER = 20;

const bench = new EngineBench();
let app: RunningApp;
let engine: Engine;
let resource: number;
let mara: EnginePerson;

beforeEach(async () => {
  const startedAt = Date.now();
  const faster = () => startedAt + (Date.now() - startedAt) * FASTER;
  engine = await bench.start({ version: '4.5', now: faster });
  addTemplate(engine);
  app = await startApp();
  resource = (await registerEngine(app, engine)).id;
  mara = await EnginePerson.signIn(app, engine, 'mara@corp');
  jest.spyOn(app.app.get(Clock), 'now').mockImplementation(() => new Date(faster()));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
  await bench.close();
});

const vms = () => engine.data.vms.filter(({ name }) => name === 'web1');
const API = '/ovirt-engine/api';
const SUCCEEDED = { state: 'succeeded', error: null, left_behind: [] };

describe('a request whose answer is lost', () => {
  it.each([
    ['that creates the VM, which was done', { kind: 'cut_after', path: `${API}/vms`, method: 'POST', times: 1 }],
    [
      'that creates the VM, done after our next',
      { kind: 'late', delayMs: 2_500, path: `${API}/vms`, method: 'POST', times: 1 },
    ],
    ['that creates the VM, not done', { kind: 'cut', path: `${API}/vms`, method: 'POST', times: 1 }],
  ] as const)('%s, makes one VM', async (_, fault) => {
    const { operation } = await mara.launch(resource);
    engine.control.fault(fault);
    expect(await mara.ended({ operation }, 30_000)).toMatchObject(SUCCEEDED);
    await eventually(() =>
      expect(posts(operation.id, '/vms').length).toBeGreaterThanOrEqual(fault.kind === 'cut_after' ? 1 : 2),
    );
    expect(vms()).toMatchObject([{ status: 'up' }]);
  });

  it.each(['cut_after', 'cut'] as const)('that starts it (%s), starts it once', async (kind) => {
    const { operation } = await mara.launch(resource);
    await eventually(() => expect(vms()).toHaveLength(1));
    engine.control.fault({ kind, path: `${API}/vms/${vms()[0]?.id}/start`, method: 'POST', times: 1 });
    expect(await mara.ended({ operation }, 30_000)).toMatchObject(SUCCEEDED);
    expect(engine.data.events.filter(({ code }) => code === 153)).toHaveLength(1);
  });

  it('of a launch that is cancelled meanwhile, leaves nothing though the engine carries it out later', async () => {
    engine.control.fault({ kind: 'late', delayMs: 3_000, path: `${API}/vms`, method: 'POST', times: 1 });
    const { operation } = await mara.launch(resource);
    await eventually(() => expect(posts(operation.id, '/vms')).toHaveLength(1));
    expect((await mara.post(`/api/v2/operations/${operation.id}/cancel`, {})).status).toBe(202);
    expect(await mara.ended({ operation }, 30_000)).toMatchObject({ state: 'cancelled', left_behind: [] });
    expect(engine.data.events.filter(({ code }) => code === 113)).toHaveLength(1);
    expect(vms()).toEqual([]);
  });
});

const posts = (id: string, end: string) =>
  engine.control.requests.filter(
    ({ method, path, correlationId }) => method === 'POST' && path.endsWith(end) && correlationId === id,
  );

describe('what the engine refuses', () => {
  it('for want of a host arrives in its words, and the VM is removed', async () => {
    engine.control.setHosts('down');
    const { operation } = await mara.launch(resource);
    expect(await mara.ended({ operation })).toMatchObject({
      state: 'failed',
      left_behind: [],
      error: {
        code: 'conflict',
        step: 'start_vm',
        engine: { detail: expect.stringContaining('There are no hosts to use') as string },
      },
    });
    expect(vms()).toEqual([]);
  });

  it('to know, since the host fell silent, is not waited for without end', async () => {
    const { operation } = await mara.launch(resource);
    const [vm] = await eventually(() => {
      expect(vms()).toMatchObject([{ status: 'wait_for_launch' }]);
      return vms();
    });
    let status = 'unknown';
    const set = (next: string) => (status = next === 'down' ? next : status);
    Object.defineProperty(vm, 'status', { get: () => status, set });
    await eventually(async () => {
      expect((await mara.operation(operation.id)).steps[1]?.message).toBe('State: unknown');
    });
    const clock = app.app.get(Clock);
    const later = clock.now().getTime() + 600_000;
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(later));
    expect(await mara.ended({ operation })).toMatchObject({
      state: 'failed',
      error: { code: 'state_unknown', step: 'start_vm' },
    });
  });

  it('since every host refuses the VM arrives so, too', async () => {
    engine.control.refuseStarts();
    const { operation } = await mara.launch(resource);
    expect(await mara.ended({ operation })).toMatchObject({
      state: 'failed',
      left_behind: [],
      error: { code: 'conflict', engine: { detail: expect.stringContaining('There are no hosts to use') as string } },
    });
  });

  it('for want of quota arrives in its words, and the VM is removed', async () => {
    const { dataCenters, quotas } = engine.data;
    for (const dataCenter of dataCenters) dataCenter.quotaMode = 'enabled';
    for (const quota of quotas) quota.cpus = 0;
    const { operation } = await mara.launch(resource);
    const [vm] = await eventually(() => {
      expect(vms()).toHaveLength(1);
      return vms();
    });
    if (vm) vm.quotaId = quotas[0]?.id;
    expect(await mara.ended({ operation })).toMatchObject({
      state: 'failed',
      left_behind: [],
      error: {
        code: 'conflict',
        step: 'start_vm',
        engine: { detail: expect.stringContaining('Quota has insufficient cluster resources') as string },
      },
    });
    expect(vms()).toEqual([]);
  });

  it('on one host succeeds on the next', async () => {
    engine.control.crashStarts(1);
    const { operation } = await mara.launch(resource);
    expect(await mara.ended({ operation })).toMatchObject(SUCCEEDED);
    expect(engine.data.events.filter(({ code }) => code === 151)).toHaveLength(1);
    expect(vms()).toMatchObject([{ status: 'up' }]);
  });

  it('since the name was taken after all arrives in its words, and what has the name stays', async () => {
    const lock = engine.control.lock('vm:web1');
    const { operation } = await mara.launch(resource);
    await eventually(async () =>
      expect(await mara.operation(operation.id)).toMatchObject({ state: 'waiting', waiting_for: 'lock' }),
    );
    const [other] = engine.data.vms;
    if (other) other.name = 'web1';
    lock();
    expect(await mara.ended({ operation })).toMatchObject({
      state: 'failed',
      left_behind: [],
      error: {
        code: 'conflict',
        step: 'create_vm',
        engine: { detail: expect.stringContaining('already in use') as string },
      },
    });
    expect(vms()).toEqual([other]);
  });

  it('while something is locked is tried again', async () => {
    const unlock = engine.control.lock('vm:web1');
    const { operation } = await mara.launch(resource);
    await eventually(async () => expect(await mara.operation(operation.id)).toMatchObject({ waiting_for: 'lock' }));
    const [first] = (await mara.operation(operation.id)).steps;
    expect(first?.message).toContain('Related operation is currently in progress');
    expect(first?.message).not.toContain('/ovirt-engine');
    unlock();
    expect(await mara.ended({ operation })).toMatchObject(SUCCEEDED);
  });

  it('since a template was locked after the check is tried again', async () => {
    const unlock = engine.control.lock('vm:web1');
    const { operation } = await mara.launch(resource);
    const template = engine.data.templates.find(({ id }) => id === TEMPLATE_ID);
    if (template === undefined) throw new Error('There is no template');
    await eventually(async () => expect(await mara.operation(operation.id)).toMatchObject({ waiting_for: 'lock' }));
    template.status = 'locked';
    unlock();
    await eventually(async () =>
      expect((await mara.operation(operation.id)).steps[0]?.message).toContain('Template is currently locked'),
    );
    template.status = 'ok';
    expect(await mara.ended({ operation })).toMatchObject(SUCCEEDED);
  });

  it('of a start while the next run’s configuration is applied is tried again', async () => {
    const begun = await mara.launch(resource, { start: false });
    await mara.ended(begun);
    const [vm] = vms();
    if (vm) vm.isUpdating = true;
    const start = (await (
      await mara.post(`/api/v2/virtual_machines/${begun.virtual_machine.id}/start`, {})
    ).json()) as typeof begun;
    await eventually(async () =>
      expect(await mara.operation(start.operation.id)).toMatchObject({ waiting_for: 'lock' }),
    );
    if (vm) vm.isUpdating = undefined;
    expect(await mara.ended(start)).toMatchObject({ state: 'succeeded' });
    expect(vms()).toMatchObject([{ status: 'up' }]);
  });

  it('of a stop since the host is silent is said and tried again until the host is back', async () => {
    const begun = await mara.launch(resource);
    await mara.ended(begun);
    const back = engine.control.silenceHostOf(vms()[0]?.id ?? '');
    const stop = (await (
      await mara.post(`/api/v2/virtual_machines/${begun.virtual_machine.id}/stop`, {})
    ).json()) as typeof begun;
    await eventually(async () =>
      expect((await mara.operation(stop.operation.id)).steps[0]?.message).toContain(
        'Network error during communication with the Host',
      ),
    );
    expect(await mara.operation(stop.operation.id)).toMatchObject({ state: 'waiting', waiting_for: 'lock' });
    back();
    expect(await mara.ended(stop)).toMatchObject({ state: 'succeeded' });
    expect(vms()).toMatchObject([{ status: 'down' }]);
  });
});

describe('a guest that is up', () => {
  it('and was paused meanwhile ends its launch as failed, and stays', async () => {
    const engines = app.app.get(EngineAccess);
    const look = engines.look.bind(engines);
    jest.spyOn(engines, 'look').mockImplementation(async (...asked) => {
      const seen = await look(...asked);
      const pausedOf = (vm: EngineVm) => (vm.status === 'up' ? { ...vm, status: 'paused', statusDetail: 'eio' } : vm);
      return { ...seen, vms: new Map([...seen.vms].map(([id, vm]) => [id, pausedOf(vm)])) };
    });
    expect(await mara.ended(await mara.launch(resource))).toMatchObject({
      state: 'failed',
      error: { code: 'start_paused', message: expect.stringContaining('eio') as string },
      left_behind: [{ type: 'vm' }],
    });
    expect(vms()).toHaveLength(1);
  });

  it.each(['not_an_engine', 'forbidden'] as const)('stays when its addresses cannot be read (%s)', async (kind) => {
    jest.spyOn(app.app.get(EngineAccess), 'addresses').mockRejectedValue(new EngineError(kind, 'No'));
    const begun = await mara.launch(resource);
    expect(await mara.ended(begun)).toMatchObject({ ...SUCCEEDED, result: { addresses: [] } });
    expect(vms()).toMatchObject([{ status: 'up' }]);
  });
});

describe('what somebody else puts an end to', () => {
  it.each(['reboot', 'suspend'])('ends as failed: %s', async (action) => {
    const begun = await mara.launch(resource);
    await mara.ended(begun);
    const on = async (verb: string) =>
      (await (
        await mara.post(`/api/v2/virtual_machines/${begun.virtual_machine.id}/${verb}`, {})
      ).json()) as BegunMachine;
    const asked = await on(action);
    await eventually(() => expect(posts(asked.operation.id, `/${action}`)).toHaveLength(1));
    await mara.ended(await on('stop'));
    expect(await mara.ended(asked, 30_000)).toMatchObject({ state: 'failed', error: { code: 'wrong_state' } });
  });
});

describe('a session that ends in the middle', () => {
  /** A launch that waits in the engine, whose session then ends. */
  async function cutOff() {
    const unlock = engine.control.lock('vm:web1');
    const begun = await mara.launch(resource);
    await eventually(async () =>
      expect(await mara.operation(begun.operation.id)).toMatchObject({ waiting_for: 'lock' }),
    );
    engine.control.restart();
    unlock();
    await eventually(async () => expect(await stateOf(begun.operation.id)).toEqual(['waiting', 'sign_in']), 20_000);
    expect(vms()).toEqual([]);
    return begun;
  }
  const stateOf = async (id: string) => {
    const { state, waiting_for: waitingFor } = (await (await app.fetch(`/api/v2/operations/${id}`)).json()) as {
      state: string;
      waiting_for: string | null;
    };
    return [state, waitingFor];
  };

  it('goes on by the service account where that may act, once the engine has made the VM for the person', async () => {
    const change = { compute_resource: { service_account_acts: true } };
    await app.fetch(`/api/v2/compute_resources/${resource}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    });
    const begun = await mara.launch(resource);
    await eventually(() => expect(vms()).toHaveLength(1));
    engine.control.restart();
    await eventually(async () => expect(await stateOf(begun.operation.id)).toEqual(['succeeded', null]), 20_000);
    expect(vms()).toMatchObject([{ status: 'up' }]);
    expect(await trail(app, 'engine.service_account')).toMatchObject([
      { actor: 'mara@corp', reason: 'as admin@internal' },
    ]);
  });

  it('waits for the next sign-in by password, and goes on', async () => {
    const begun = await cutOff();
    const again = await EnginePerson.signIn(app, engine, 'mara@corp');
    expect(await again.ended(begun)).toMatchObject(SUCCEEDED);
    expect(vms()).toMatchObject([{ status: 'up' }]);
  });

  it('waits for the next sign-in from webadmin, and goes on', async () => {
    const begun = await cutOff();
    const again = await EnginePerson.fromWebadmin(app, engine, MARA_ID);
    expect(await again.ended(begun)).toMatchObject(SUCCEEDED);
  });

  it('is not gone on with by the sign-in of somebody else', async () => {
    const begun = await cutOff();
    const other = await EnginePerson.signIn(app, engine, 'admin@internal');
    expect(await other.ended(await other.launch(resource, { vm_name: 'web2' }))).toMatchObject(SUCCEEDED);
    expect(await stateOf(begun.operation.id)).toEqual(['waiting', 'sign_in']);
    expect(vms()).toEqual([]);
  });
});

describe('an access key whose password was changed in the engine', () => {
  it('has its operations wait until it is given the present one', async () => {
    const made = await app.post('/api/v2/access_keys', {
      access_key: {
        name: 'ci',
        compute_resource_id: resource,
        engine_user: 'mara@corp',
        engine_password: 'mara-password',
      },
    });
    const key = (await made.json()) as { access_key: { id: number; access_key_id: string }; secret_access_key: string };
    const authorization = basic(key.access_key.access_key_id, key.secret_access_key);
    const unlock = engine.control.lock('vm:web1');
    const answer = await app.anonymous('/api/v2/virtual_machines', {
      method: 'POST',
      body: JSON.stringify({ virtual_machine: wish(resource) }),
      headers: { authorization, 'content-type': 'application/json' },
    });
    const begun = (await answer.json()) as BegunMachine;
    await eventually(async () =>
      expect(await mara.operation(begun.operation.id)).toMatchObject({ waiting_for: 'lock' }),
    );
    const person = engine.data.users.find(({ id }) => id === MARA_ID);
    if (person) person.password = 'another-password';
    engine.control.restart();
    unlock();
    const shown = async () =>
      (await (await app.fetch(`/api/v2/operations/${begun.operation.id}`)).json()) as ShownOperation;
    await eventually(async () => expect(await shown()).toMatchObject({ waiting_for: 'sign_in' }), 20_000);
    const given = await app.fetch(`/api/v2/access_keys/${key.access_key.id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ access_key: { engine_password: 'another-password' } }),
    });
    expect(given.status).toBe(200);
    await eventually(async () => expect(await shown()).toMatchObject(SUCCEEDED), 20_000);
    expect(vms()).toMatchObject([{ status: 'up' }]);
  });
});

describe('200 launches at once', () => {
  it('cost the engine one list of each kind a second, and none for each VM', async () => {
    const begun: BegunMachine[] = [];
    for (let n = 0; n < 200; n += 10)
      begun.push(
        ...(await Promise.all(
          Array.from({ length: 10 }, (_, more) => mara.launch(resource, { vm_name: `many${n + more}` })),
        )),
      );
    const ended = await Promise.all(begun.map((one) => mara.ended(one, 60_000)));
    expect(ended.filter(({ state, result }) => state === 'succeeded' && result?.addresses?.length === 1)).toHaveLength(
      200,
    );
    const listed = engine.control.requests.filter(({ query }) => /search=(id|correlation_id)%3D/.test(query));
    const kinds = {
      vms: listed.filter(({ path, query }) => path.includes('/vms') && !query.includes('follow')),
      jobs: listed.filter(({ path }) => path.endsWith('/jobs')),
      guests: listed.filter(({ query }) => query.includes('follow')),
    };
    expect(Object.entries(kinds).filter(([, lists]) => lists.length < 2)).toEqual([]);
    expect(
      [perSecond(kinds.vms), perSecond(kinds.jobs), 3 * perSecond(kinds.guests)].filter((each) => each > 1),
    ).toEqual([]);
    const alone = engine.control.requests.filter(
      ({ method, path }) => method === 'GET' && /\/(vms|jobs)\/[\da-f-]{36}/.test(path),
    );
    expect(alone).toEqual([]);
  });
});

/** Between the first and the last of them. */
const perSecond = (requests: readonly { at: number }[]) =>
  (1_000 * (requests.length - 1.5)) / ((requests.at(-1)?.at ?? 0) - (requests[0]?.at ?? 0));
