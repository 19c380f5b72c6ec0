import { randomUUID } from 'node:crypto';
import { EngineIdentity } from '../../src/engine';
import { EngineBench } from '../support/engine-simulators';

const bench = new EngineBench();
afterAll(() => bench.close());

it.each(['admin@internal', 'mara@corp'])('a job that is gone is told to %s as gone', async (login) => {
  const engine = await bench.start({ version: '4.5' });
  const user = engine.data.users.find((one) => `${one.login}@${one.domain}` === login);
  const as = EngineIdentity.accessKey({ user: login, password: user?.password ?? '' });
  await expect(bench.client(engine).jobs.get(as, randomUUID())).resolves.toBeNull();
});
