import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type RunningApp } from '../support/app';
import { command } from '../support/command';
import { EngineBench } from '../support/engine-simulators';
import { EnginePerson, addTemplate } from '../support/machines';
import { registerEngine } from '../support/sign-in';

jest.setTimeout(60_000); // each test starts the command several times

const bench = new EngineBench();
let app: RunningApp;
let home: string;
let mara: EnginePerson;
let resource: number;

beforeAll(async () => {
  const startedAt = Date.now();
  const engine = await bench.start({ version: '4.5', now: () => startedAt + (Date.now() - startedAt) * 20 });
  addTemplate(engine);
  app = await startApp();
  resource = (await registerEngine(app, engine, { name: 'dc1' })).id;
  mara = await EnginePerson.signIn(app, engine, 'mara@corp');
  home = await mkdtemp(join(tmpdir(), 'foreman-ovirt-home-'));
  await run(['login', '--engine', 'dc1', '--user', 'mara@corp'], 'mara-password\n');
});
afterAll(async () => {
  await app.close();
  await bench.close();
  await rm(home, { recursive: true, force: true });
});

const run = (args: string[], input = '') =>
  command(args, { env: { FOREMAN_OVIRT_URL: app.url, XDG_CONFIG_HOME: home }, input });

it('foreman-ovirt machines lists, stops, starts and removes, telling how that goes on the standard error', async () => {
  await mara.ended(await mara.launch(resource, { vm_name: 'web1' }));
  expect((await run(['machines', 'list'])).out).toMatch(
    /^NAME +STATE[^]*web1 +up +\d[\d.]+ +mara@corp +debian-12 +dc1/,
  );
  const stopped = await run(['machines', 'stop', 'web1']);
  expect(stopped).toMatchObject({ code: 0, out: expect.stringMatching(/Stop web1 +succeeded/) as string });
  expect(stopped.error).toMatch(/^Stop web1.*\nStop web1: Stop it.*\(succeeded\)\n$/s);
  const json = await run(['machines', 'start', 'web1', '--json']);
  expect([json.code, JSON.parse(json.out)]).toMatchObject([0, { kind: 'vm.start', state: 'succeeded' }]);
  const begun = await run(['machines', 'remove', 'web1', '--no-wait', '--json']);
  const { operation } = JSON.parse(begun.out) as { operation: { id: string } };
  expect((await run(['operations', 'wait', operation.id])).code).toBe(0);
  expect((await run(['machines', 'list', '--search', 'state = up'])).out).toBe('');
});

it('foreman-ovirt operations shows them, and ends with 1 for one that failed and 3 for one that is not there', async () => {
  const begun = await mara.launch(resource, { vm_name: 'web2' });
  expect((await run(['operations', 'list'])).out).toContain('Launch web2');
  expect(await run(['operations', 'cancel', begun.operation.id])).toMatchObject({ code: 0 });
  expect(await run(['operations', 'wait', begun.operation.id])).toMatchObject({
    code: 1,
    error: expect.stringContaining('Launch web2: cancelled') as string,
  });
  expect((await run(['operations', 'show', '00000000-0000-4000-8000-000000000000'])).code).toBe(3);
  expect((await run(['machines', 'stop', 'nothing'])).code).toBe(3);
});
