import { Storm } from '../../scripts/launches/storm';
import { ADMIN, basic } from '../support/app';
import { makeDatabase } from '../support/database';
import { ServiceProcess } from './support/service-process';

jest.setTimeout(300_000);

/** `npm run check:launches` kills more. */
const KILLS = 4;
/** SQLite is one process's. */
const INSTANCES = process.env.DB === 'postgres' ? 2 : 1;

describe('service processes that are killed again and again', () => {
  it('launch each VM once, forget none, and end every operation', async () => {
    const { url, drop } = await makeDatabase();
    const start = async () => {
      const service = await ServiceProcess.start(url);
      return { url: service.url, kill: () => service.end('SIGKILL') };
    };
    try {
      const administrator = basic(ADMIN.login, ADMIN.password);
      const storm = new Storm({ start, instances: INSTANCES, kills: KILLS, administrator });
      const outcome = await storm.run();
      expect(outcome).toMatchObject({ doubled: [], forgotten: [], missing: [], endless: [] });
      expect(outcome.ends['vm.launch succeeded']).toBeGreaterThan(0);
    } finally {
      await drop();
    }
  });
});
