import { Database } from '../../src/database';
import { startApp, type RunningApp } from '../support/app';
import { EngineBench, READER_ID } from '../support/engine-simulators';
import { EnginePerson, addTemplate, wish, type BegunMachine } from '../support/machines';
import { registerEngine } from '../support/sign-in';
import type { EngineSimulator } from '../../tools/engine-simulator';
import { simPermission } from '../../tools/engine-simulator/people/data';
import { MachineStates } from '../../src/virtual-machines/machines/machine-states';

/** The engine's time runs so much faster. */
const FASTER = 20;

const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;
let resource: number;
let mara: EnginePerson;
let machine: BegunMachine['virtual_machine'];

beforeAll(async () => {
  const startedAt = Date.now();
  engine = await bench.start({ version: '4.5', now: () => startedAt + (Date.now() - startedAt) * FASTER });
  addTemplate(engine);
  app = await startApp();
  resource = (await registerEngine(app, engine, { name: 'dc1' })).id;
  mara = await EnginePerson.signIn(app, engine, 'mara@corp');
  const begun = await mara.launch(resource, { ssh_keys: ['ssh-ed25519 AAAA mara'] });
  await mara.ended(begun);
  machine = begun.virtual_machine;
});
afterAll(async () => {
  await app.close();
  await bench.close();
});

const vm = () => engine.data.vms.find(({ name }) => name === 'web1');

async function does(verb: string, body: object = {}): Promise<{ state: string; error: { code: string } | null }> {
  const answer = await mara.post(`/api/v2/virtual_machines/${machine.id}/${verb}`, body);
  const begun = (await answer.json()) as BegunMachine;
  if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(begun)}`);
  expect(answer.headers.get('location')).toMatch(new RegExp(`/api/v2/operations/${begun.operation.id}$`));
  return mara.ended(begun);
}

const shown = async () =>
  (await (await mara.fetch(`/api/v2/virtual_machines/${machine.id}`)).json()) as {
    state: string;
    webadmin_url: string;
  };

describe('a machine', () => {
  it('is suspended, started, rebooted, shut down and stopped', async () => {
    for (const [verb, state] of [
      ['suspend', 'suspended'],
      ['start', 'up'],
      ['reboot', 'up'],
      ['shutdown', 'down'],
      ['start', 'up'],
      ['stop', 'down'],
    ] as const) {
      expect(await does(verb)).toMatchObject({ state: 'succeeded', error: null });
      expect(vm()?.status).toBe(state);
      expect((await shown()).state).toBe(state);
    }
  }, 60_000);

  it('is captured as a template when it is down, and not when it is up', async () => {
    expect(await does('capture', { template: { name: 'golden', description: 'of web1' } })).toMatchObject({
      state: 'succeeded',
      result: { type: 'template', name: 'golden' },
    });
    expect(engine.data.templates.filter(({ name }) => name === 'golden')).toHaveLength(1);
    await does('start');
    const refused = await mara.post(`/api/v2/virtual_machines/${machine.id}/capture`, { template: { name: 'x' } });
    expect([refused.status, await refused.json()]).toMatchObject([409, { error: { reason: 'wrong_state' } }]);
  }, 60_000);

  it('has a console file and a place in webadmin', async () => {
    const console = await mara.fetch(`/api/v2/virtual_machines/${machine.id}/console`);
    expect(console.headers.get('content-type')).toMatch('application/x-virt-viewer');
    expect(console.headers.get('cache-control')).toBe('no-store');
    expect(await console.text()).toMatch('[virt-viewer]');
    expect((await shown()).webadmin_url).toBe(`${engine.url}/ovirt-engine/webadmin/#vms-general;name=web1`);
  });

  it('is found by its unique name, and listed for its owner, whom the engine shows it, and administrators', async () => {
    const byName = await mara.fetch('/api/v2/virtual_machines/web1');
    expect(await byName.json()).toMatchObject({ id: machine.id });
    const jörg = await EnginePerson.signIn(app, engine, 'jörg@corp'); // an administrator of the engine
    const names = async (person: Pick<EnginePerson, 'fetch'>) =>
      (
        (await (await person.fetch('/api/v2/virtual_machines?search=state+%21%3D+removed')).json()) as {
          results: { vm_name: string }[];
        }
      ).results.map(({ vm_name: name }) => name);
    expect(await names(mara)).toEqual(['web1']);
    expect(await names(jörg)).toEqual(['web1']);
    expect(await names(app)).toEqual(['web1']);
    for (const right of engine.data.permissions)
      // sees the other cluster alone
      if (right.principalId === READER_ID)
        Object.assign(right, { on: 'cluster', objectId: engine.data.clusters[1]?.id });
    const reader = await EnginePerson.signIn(app, engine, 'reader@corp');
    expect(await names(reader)).toEqual([]);
    expect((await reader.fetch(`/api/v2/virtual_machines/${machine.id}`)).status).toBe(404);
    const refused = await reader.post(`/api/v2/virtual_machines/${machine.id}/stop`, {});
    expect(refused.status).toBe(404);
  });

  it('is asked for nothing by those whom the engine does not know', async () => {
    const before = engine.control.requests.length;
    const answer = await app.post(`/api/v2/virtual_machines/${machine.id}/stop`, {});
    expect([answer.status, await answer.json()]).toMatchObject([
      403,
      { error: { reason: 'engine_identity_required' } },
    ]);
    expect(engine.control.requests).toHaveLength(before);
  });

  it('changes nothing where changes are switched off for its engine', async () => {
    const switchTo = (on: boolean) =>
      app.fetch(`/api/v2/compute_resources/${resource}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ compute_resource: { engine_writes: on } }),
      });
    expect((await switchTo(false)).status).toBe(200);
    const answer = await mara.post('/api/v2/virtual_machines', { virtual_machine: wish(resource) });
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: { reason: 'engine_writes_off' } }]);
    await switchTo(true);
  });

  it('keeps what its guest is initialised with sealed', async () => {
    const rows = await app.app.get(Database).query('SELECT * FROM machines');
    expect(JSON.stringify(rows)).not.toContain('ssh-ed25519');
    expect(vm()?.initialization).toMatchObject({ authorized_ssh_keys: 'ssh-ed25519 AAAA mara' });
  });

  it('is shown on pages with what can be done to it', async () => {
    const page = async (path: string) => (await mara.fetch(path, { headers: { accept: 'text/html' } })).text();
    expect(await page('/virtual_machines')).toContain('web1');
    const one = await page(`/virtual_machines/${machine.id}`);
    for (const text of ['Shut down', 'Suspend', 'Show in webadmin', 'Remove web1', 'Last operation'])
      expect(one).toContain(text);
    expect(one).not.toContain('Make a template of it');
    const form = await page('/virtual_machines/new');
    for (const text of ['debian-12', 'Default', 'Launch']) expect(form).toContain(text);
  });

  it('whose disks build on those of its template is not stopped to be removed without them', async () => {
    const answer = await mara.delete(`/api/v2/virtual_machines/${machine.id}?keep_disks=true`);
    expect([answer.status, await answer.json()]).toMatchObject([409, { error: { reason: 'disks_not_own' } }]);
    expect(vm()?.status).toBe('up');
  });

  it('is removed with its disks, and remembered for a day', async () => {
    const answer = await mara.delete(`/api/v2/virtual_machines/${machine.id}`);
    expect(answer.status).toBe(202);
    expect(await mara.ended((await answer.json()) as BegunMachine)).toMatchObject({ state: 'succeeded' });
    expect(vm()).toBeUndefined();
    expect((await shown()).state).toBe('removed');
  });
});

describe('what nobody owns any more', () => {
  it('is a list of its own', async () => {
    const begun = await mara.launch(resource, { vm_name: 'orphan' });
    await mara.ended(begun);
    await app.app
      .get(Database)
      .unitOfWork.run((tx) => tx.execute("UPDATE machines SET owner_id = NULL WHERE name = 'orphan'"));
    const listed = await app.fetch('/api/v2/virtual_machines?unowned=true');
    expect(await listed.json()).toMatchObject({ total: 1, results: [{ vm_name: 'orphan', unowned: 'owner_gone' }] });
  });
});

describe('a page that refreshes itself', () => {
  it('asks no engine, and shows what it told last', async () => {
    const fetchInBackground = (path: string) =>
      mara.fetch(path, { headers: { accept: 'text/html', 'x-background-refresh': '1' } });
    await mara.fetch('/virtual_machines', { headers: { accept: 'text/html' } });
    const before = engine.control.requests.length;
    for (const path of ['/virtual_machines', '/operations']) expect((await fetchInBackground(path)).status).toBe(200);
    expect(await (await fetchInBackground('/virtual_machines')).text()).toContain('web1');
    expect(engine.control.requests).toHaveLength(before);
  });
});

describe('a request with an Idempotency-Key', () => {
  it('is answered with the same operation after its machine is gone, and not with another query', async () => {
    const begun = await mara.launch(resource, { vm_name: 'brief', start: false }, { 'idempotency-key': 'make-brief' });
    await mara.ended(begun);
    const again = await mara.launch(resource, { vm_name: 'brief', start: false }, { 'idempotency-key': 'make-brief' });
    expect(again.operation.id).toBe(begun.operation.id);
    const remove = (query = '') =>
      mara.fetch(`/api/v2/virtual_machines/brief${query}`, {
        method: 'DELETE',
        headers: { 'idempotency-key': 'remove-brief' },
      });
    const removing = (await (await remove()).json()) as BegunMachine;
    await mara.ended(removing);
    const repeated = await remove();
    expect([repeated.status, ((await repeated.json()) as BegunMachine).operation.id]).toEqual([
      202,
      removing.operation.id,
    ]);
    const other = await remove('?keep_disks=true');
    expect([other.status, await other.json()]).toMatchObject([409, { error: { reason: 'idempotency_mismatch' } }]);
  });
});

describe('what the service account may not see', () => {
  it('is unknown, not removed', async () => {
    const giveBack = withoutRights();
    await app.app.get(MachineStates).refresh();
    const [row] = await app.app
      .get(Database)
      .query<{ state: string; removed_at: number | null }>(
        "SELECT state, removed_at FROM machines WHERE name = 'orphan'",
      );
    expect(row).toMatchObject({ state: 'unknown', removed_at: null });
    giveBack();
    await app.app.get(MachineStates).refresh();
    const [back] = await app.app
      .get(Database)
      .query<{ state: string }>("SELECT state FROM machines WHERE name = 'orphan'");
    expect(back?.state).toBe('up');
  });

  /** Takes the service account's rights away; the returned function gives them back. */
  function withoutRights(): () => void {
    const account = engine.data.users.find(({ login, domain }) => `${login}@${domain}` === 'admin@internal');
    if (!account) throw new Error('The engine has no admin');
    account.admin = false;
    const right = simPermission(77, 'UserRole', account.id, 'cluster', engine.data.clusters[1]?.id ?? '');
    engine.data.permissions.push(right);
    return () => void (account.admin = true);
  }
});
