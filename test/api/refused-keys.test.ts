import { MINUTE_MS } from '../../src/common/clock';
import type { EngineSimulator } from '../../tools/engine-simulator';
import { basic, startApp, type RunningApp } from '../support/app';
import { EngineBench, MARA_ID } from '../support/engine-simulators';
import { EnginePerson, addTemplate, wish } from '../support/machines';
import { movableClock, registerEngine } from '../support/sign-in';

jest.setTimeout(30_000);

/** The engine's time runs so much faster. */
const FASTER = 20;

const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;
let resource: number;
let mara: EnginePerson;
let machine: number;
let passTime: (ms: number) => void;

beforeAll(async () => {
  const startedAt = Date.now();
  engine = await bench.start({ version: '4.5', now: () => startedAt + (Date.now() - startedAt) * FASTER });
  addTemplate(engine);
  app = await startApp();
  resource = (await registerEngine(app, engine, { name: 'dc1' })).id;
  mara = await EnginePerson.signIn(app, engine, 'mara@corp');
  const begun = await mara.launch(resource, { vm_name: 'own', start: false });
  await mara.ended(begun);
  machine = begun.virtual_machine.id;
  passTime = movableClock(app);
});
afterAll(async () => {
  await app.close();
  await bench.close();
});

const setPassword = (password: string) =>
  Object.assign(engine.data.users.find(({ id }) => id === MARA_ID) ?? {}, { password });

interface MadeKey {
  access_key: { id: number; access_key_id: string };
  secret_access_key: string;
}

async function makeKey(password: string): Promise<MadeKey> {
  const answer = await mara.post('/api/v2/access_keys', {
    access_key: {
      ...{ name: password, compute_resource_id: resource, kind: 'long_lived' },
      ...{ engine_user: 'mara@corp', engine_password: password },
    },
  });
  return (await answer.json()) as MadeKey;
}

const at = (path: string) => `/api/v2/virtual_machines/${machine}${path}`;
const launch = () => ({ virtual_machine: wish(resource, { vm_name: 'no' }) });

type Case = [does: string, path: () => string, status: number, body: (() => object) | undefined];
const CASES: Case[] = [
  ['lists', () => `/api/v2/compute_resources/${resource}/available_clusters`, 403, undefined],
  ['launches', () => '/api/v2/virtual_machines', 403, launch],
  ['looks at machines', () => at(''), 200, undefined],
  ['starts machines', () => at('/start'), 403, () => ({})],
  ['opens consoles', () => at('/console'), 403, undefined],
];

it.each(CASES)('a refused key is known as such once it %s, and asks no more', async (what, path, status, body) => {
  passTime(16 * MINUTE_MS); // no more than four wrong passwords within 15 minutes
  setPassword(`before: ${what}`);
  const { access_key: key, secret_access_key: secret } = await makeKey(`before: ${what}`);
  setPassword(`after: ${what}`);
  const ask = () =>
    app.anonymous(path(), {
      headers: { authorization: basic(key.access_key_id, secret), 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body()) }),
    });
  expect((await ask()).status).toBe(status);
  const shown = await (await mara.fetch(`/api/v2/access_keys/${key.id}`)).json();
  expect(shown).toMatchObject({ password_refused: true });
  const asked = engine.control.requests.length;
  expect((await ask()).status).toBe(status);
  expect(engine.control.requests).toHaveLength(asked);
});
