import type { EngineSimulator } from '../../tools/engine-simulator';
import { basic, startApp, type RunningApp } from '../support/app';
import { EngineBench } from '../support/engine-simulators';
import { EnginePerson, addTemplate, wish, type BegunMachine } from '../support/machines';
import { registerEngine } from '../support/sign-in';

/** The engine's time runs so much faster. */
const FASTER = 20;

const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;
let resource: number;
let mara: EnginePerson;

beforeAll(async () => {
  const startedAt = Date.now();
  engine = await bench.start({ version: '4.5', now: () => startedAt + (Date.now() - startedAt) * FASTER });
  addTemplate(engine);
  app = await startApp();
  resource = (await registerEngine(app, engine, { name: 'dc1' })).id;
  mara = await EnginePerson.signIn(app, engine, 'mara@corp');
});
afterAll(async () => {
  await app.close();
  await bench.close();
});

interface MadeKey {
  access_key: { access_key_id: string };
  secret_access_key: string;
}

/** POSTs a body, else GETs. */
type Asker = (path: string, body?: object) => Promise<Response>;

/** Who acts by a key of mara's. */
async function byKey(fields: object): Promise<Asker> {
  const answer = await mara.post('/api/v2/access_keys', {
    access_key: {
      name: `key ${JSON.stringify(fields)}`,
      compute_resource_id: resource,
      kind: 'long_lived',
      engine_user: 'mara@corp',
      engine_password: 'mara-password',
      ...fields,
    },
  });
  const { access_key: key, secret_access_key: secret } = (await answer.json()) as MadeKey;
  const authorization = basic(key.access_key_id, secret);
  return (path, body) =>
    app.anonymous(path, {
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
}

const launchBy = (post: Asker, name: string, fields: object = {}) =>
  post('/api/v2/virtual_machines', { virtual_machine: wish(resource, { vm_name: name, ...fields }) });

const reasonOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error?: { reason: string } }).error?.reason,
];

describe('an access key', () => {
  it.each([
    ['machines', { instances: 1 }, {}],
    ['virtual CPUs', { vcpus: 3 }, { sockets: 2 }],
    ['memory', { memory_mib: 3000 }, { memory_mib: 2048 }],
  ])('has no more %s than its quota, together and at once', async (what, quota, size) => {
    const key = await byKey({ quota });
    const name = what.replace(' ', '-');
    const answers = await Promise.all(['a', 'b'].map((n) => launchBy(key, `${name}-${n}`, size)));
    const begun = answers.filter(({ status }) => status === 202);
    const refused = answers.filter(({ status }) => status !== 202);
    expect([begun.length, refused.length]).toEqual([1, 1]);
    expect(await reasonOf(refused[0] ?? new Response())).toEqual([403, 'key_quota']);
    await mara.ended((await begun[0]?.json()) as BegunMachine);
  });

  it('launches nothing outside its data center, and does nothing to machines there', async () => {
    const [, edge] = engine.data.dataCenters;
    const key = await byKey({ data_center: edge?.name });
    const sent = engine.control.requests.length;
    expect(await reasonOf(await launchBy(key, 'elsewhere'))).toEqual([403, 'key_scope']);
    const begun = await mara.launch(resource, { vm_name: 'own', start: false });
    await mara.ended(begun);
    expect(await reasonOf(await key(`/api/v2/virtual_machines/own/start`, {}))).toEqual([403, 'key_scope']);
    expect(await reasonOf(await key('/api/v2/virtual_machines/own/console'))).toEqual([403, 'key_scope']);
    const started = engine.control.requests.slice(sent).filter(({ path }) => path.endsWith('/start'));
    expect(started).toEqual([]);
  });

  it('is shown what belongs to its data center, and told so where something else is asked for', async () => {
    const [, edge] = engine.data.dataCenters;
    const key = await byKey({ data_center: edge?.name });
    const list = (path: string) => key(`/api/v2/compute_resources/${resource}/${path}`);
    const shown = async (path: string) =>
      ((await (await list(path)).json()) as { results: { name: string }[] }).results.map(({ name }) => name);
    const all = ['available_data_centers', 'available_clusters', 'available_images', 'available_quotas'];
    const names = await Promise.all(all.map(shown));
    expect(names).toEqual([[edge?.name], ['edge'], ['Blank'], expect.anything()]);
    const domains = engine.data.storageDomains.filter(({ dataCenterId }) => dataCenterId === edge?.id);
    expect(await shown('available_storage_domains')).toEqual(domains.map(({ name }) => name).sort());
    for (const elsewhere of [
      'available_clusters?data_center=Default',
      'available_storage_domains?data_center=Default',
      'available_quotas?data_center=Default',
      'available_images?cluster=Default',
      'available_clusters/Default/available_networks',
    ])
      expect(await reasonOf(await list(elsewhere))).toEqual([403, 'key_scope']);
  });

  it('goes on with nothing once it only reads, or changes of the engine are switched off', async () => {
    const switchTo = (on: boolean) =>
      app.fetch(`/api/v2/compute_resources/${resource}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ compute_resource: { engine_writes: on } }),
      });
    const key = await byKey({});
    const unlock = engine.control.lock('vm:halted'); // its launch waits
    const begun = (await (await launchBy(key, 'halted')).json()) as BegunMachine;
    await switchTo(false);
    unlock();
    const ended = await mara.ended(begun);
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'engine_writes_off' } });
    expect(engine.data.vms.filter(({ name }) => name === 'halted')).toEqual([]);
    await switchTo(true);
  });

  it('that only reads launches nothing', async () => {
    const key = await byKey({ read_only: true });
    expect(await reasonOf(await launchBy(key, 'unwanted'))).toEqual([403, 'key_read_only']);
  });
});
