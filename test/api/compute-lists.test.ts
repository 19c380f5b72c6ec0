import { engineData, simTemplate, type EngineData, type EngineSimulator } from '../../tools/engine-simulator';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { register } from '../support/compute-resources';
import { EngineBench, JOERG_ID, MARA_ID, READER_ID } from '../support/engine-simulators';
import { claimOf, cookieOf, logIn } from '../support/sign-in';

jest.setTimeout(30_000);

const GIB = 1024 ** 3;
const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;

async function start(data: EngineData = engineData()): Promise<void> {
  engine = await bench.start({ version: '4.5', data });
  await register(app, engine);
}

beforeEach(async () => (app = await startApp()));
afterEach(async () => {
  await app.close();
  await bench.close();
});

type Row = Record<string, unknown>;
interface Answer {
  status: number;
  results: Row[];
  error?: { message: string; reason?: string; candidates?: Row[]; engine?: Row };
}

/** Asks as somebody with an engine session. */
async function person(userId = MARA_ID): Promise<(path: string) => Promise<Answer>> {
  const cookie = cookieOf(await logIn(app, claimOf(engine.control.signIn(userId))));
  return (path) => ask(path, { cookie });
}

async function ask(path: string, headers: Record<string, string>): Promise<Answer> {
  const response = await app.anonymous(`/api/v2/compute_resources/production/${path}`, { headers });
  return { status: response.status, results: [], ...((await response.json()) as object) };
}

const names = ({ results }: Answer) => results.map(({ name }) => name);

it('tells what there is, by name', async () => {
  await start();
  const list = await person();
  expect(await list('available_data_centers')).toMatchObject({
    status: 200,
    total: 2,
    results: [{ name: 'Default', status: 'up', version: '4.7', quota_mode: 'disabled' }, { status: 'maintenance' }],
  });
  expect(await list('available_clusters')).toMatchObject({
    results: [{ name: 'Default', version: '4.7', architecture: 'x86_64' }, { name: 'edge' }],
  });
  expect(names(await list('available_flavors'))).toEqual(['Large', 'Medium', 'Small', 'Tiny', 'XLarge']);
  expect((await list('available_flavors')).results[0]).toMatchObject({ memory_mib: 8192, sockets: 2, cores: 1 });
  expect((await list('available_operating_systems')).results).toContainEqual({
    name: 'rhel_9x64',
    description: 'Red Hat Enterprise Linux 9.x x64',
    architecture: 'x86_64',
  });
  expect(names(await list('available_quotas?data_center=Default'))).toEqual(['Default']);
});

it('a cluster’s networks come with their own profiles, though others bear the same name', async () => {
  await start();
  const list = await person();
  const networks = await list('available_clusters/edge/available_networks');
  expect(networks.results).toEqual([
    {
      id: expect.any(String) as string,
      name: 'ovirtmgmt',
      vnic_profiles: [expect.objectContaining({ name: 'ovirtmgmt' })],
    },
  ]);
  const [{ vnic_profiles: edge } = {}] = networks.results;
  const [{ vnic_profiles: main } = {}] = (await list('available_clusters/Default/available_networks')).results;
  expect(edge).not.toEqual(main);
});

it('what is in another data center is left out or does not fit', async () => {
  const data = engineData();
  const [, edge] = data.clusters;
  data.templates.push(
    simTemplate({ id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'far', clusterId: edge?.id ?? null }),
    simTemplate({ id: 'aaaaaaaa-0000-4000-8000-000000000002', name: 'wip', status: 'locked' }),
  );
  await start(data);
  const list = await person();
  expect(names(await list('available_clusters?data_center=Default'))).toEqual(['Default']);
  const images = await list('available_images?cluster=Default');
  expect(images.results.map(({ name, fits }) => [name, fits])).toEqual([
    ['Blank', true],
    ['far', false],
    ['wip', false],
  ]);
  expect(images.results[1]?.reason).toMatch(/another data center/);
  expect((await list('available_images')).results.map(({ fits }) => fits)).toEqual([true, true, false]);
});

it('domains take what leaves the space that the engine wants', async () => {
  await start();
  const list = await person();
  const fits = async (query: string) =>
    (await list(`available_storage_domains${query}`)).results.map(({ name, fits: it }) => [name, it]);
  expect(await fits('')).toEqual([
    ['archive', true],
    ['data', true],
  ]);
  expect(await fits(`?data_center=Default&size_bytes=${2 * GIB}`)).toEqual([
    ['archive', false],
    ['data', true],
  ]);
  expect((await list('available_storage_domains?data_center=Default')).results[1]).toMatchObject({
    ...{ status: 'active', storage_type: 'nfs', free_bytes: 900 * GIB, reason: null },
  });
  expect((await list('available_storage_domains?size_bytes=much')).status).toBe(400);
});

it('clusters and templates, 100 and 500 of them, cost two requests for all who ask within seconds', async () => {
  const data = engineData();
  const [cluster] = data.clusters;
  if (!cluster) throw new Error('There is no cluster');
  const guid = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
  data.clusters = Array.from({ length: 100 }, (_, n) => ({ ...cluster, id: guid(n), name: `c${n}` }));
  data.templates = Array.from({ length: 500 }, (_, n) =>
    simTemplate({ id: guid(n), name: `t${n}`, clusterId: guid(n % 100) }),
  );
  await start(data);
  const warm = await person(JOERG_ID);
  await warm('available_images'); // the engine's version is asked for once in five minutes
  const list = await person();
  const before = engine.control.requests.length;
  const [clusters, images] = await Promise.all([list('available_clusters'), list('available_images?cluster=c7')]);
  await list('available_images?cluster=c8');
  expect([clusters.results.length, images.results.length]).toEqual([100, 500]);
  expect(engine.control.requests.slice(before).map(({ path }) => path.split('/').at(-1)?.split(';')[0])).toEqual([
    expect.stringMatching(/clusters|templates/) as string,
    expect.stringMatching(/clusters|templates/) as string,
  ]);
});

it('asks as the caller, and one does not see what another does', async () => {
  await start();
  const reader = await person(READER_ID);
  const admin = await person();
  expect((await admin('available_quotas?data_center=Default')).results).toHaveLength(1);
  expect(await reader('available_quotas?data_center=Default')).toMatchObject({ status: 200, results: [] });
});

it('whoever is unknown to the engine is told how to become known', async () => {
  await start();
  const asked = engine.control.requests.length;
  const answer = await ask('available_clusters', { authorization: basic(ADMIN.login, ADMIN.password) });
  expect(answer).toMatchObject({ status: 403, error: { reason: 'engine_identity_required' } });
  expect(engine.control.requests).toHaveLength(asked);
});

it('a name of several is told apart by id, one of none is refused', async () => {
  const data = engineData();
  const [first, second] = data.clusters;
  if (!first || !second) throw new Error('There are no clusters');
  second.name = first.name;
  await start(data);
  const list = await person();
  expect(await list('available_images?cluster=Default')).toMatchObject({
    status: 422,
    error: { reason: 'ambiguous', candidates: [{ id: first.id }, { id: second.id }] },
  });
  expect((await list(`available_images?cluster=${second.id}`)).status).toBe(200);
  expect(await list('available_images?cluster=nowhere')).toMatchObject({ status: 422 });
  expect((await list('available_quotas')).error?.message).toMatch(/data_center must be given/);
});

it('what was made a moment ago is found by name though the list is kept', async () => {
  await start();
  const list = await person();
  await list('available_clusters');
  const [cluster] = engine.data.clusters;
  if (cluster) engine.data.clusters.push({ ...cluster, id: 'cccccccc-0000-4000-8000-000000000001', name: 'new' });
  expect((await list('available_images?cluster=new')).status).toBe(200);
});

it('an engine that is away, slow or refuses says so in its own words', async () => {
  await start();
  const list = await person();
  const done = engine.control.fault({ kind: 'starting', path: '/ovirt-engine/api/instancetypes' });
  expect(await list('available_flavors')).toMatchObject({
    status: 503,
    error: { engine: { compute_resource: 'production', status: 503 } },
  });
  done();
  expect((await list('available_flavors')).status).toBe(200);
});
