import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startApp } from '../support/app';
import { DocumentedApi } from '../support/documented-api';

/** A way to PostgreSQL that can be cut. */
class Cable {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor({ port, hostname }: URL) {
    this.server = createServer((from) => {
      const to = connect(Number(port), hostname);
      for (const socket of [from, to]) this.sockets.add(socket.on('error', () => undefined));
      from.pipe(to).pipe(from);
    });
  }

  async plugIn(port = 0): Promise<number> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  cut(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }
}

// SQLite is a file, which does not go away
const onPostgres = process.env.DB === 'postgres' ? describe : describe.skip;

onPostgres('while PostgreSQL is away', () => {
  it('pages and uploads answer 503 with a sentence; afterwards all is well without a restart', async () => {
    let cable: Cable | undefined;
    let port = 0;
    const app = await startApp({}, async (databaseUrl) => {
      const url = new URL(databaseUrl);
      cable = new Cable(url);
      port = await cable.plugIn();
      url.host = `127.0.0.1:${port}`;
      return url.href;
    });
    const reports = () => app.fetch('/api/v2/config_reports');
    const upload = () => app.post('/api/v2/hosts/facts', { name: 'web1', facts: { a: 1 } });
    expect([(await reports()).status, (await upload()).status]).toEqual([200, 201]);
    const api = await DocumentedApi.of(app);
    cable?.cut();
    for (const route of api.routes.filter(({ query }) => query !== undefined)) {
      const answer = await app.fetch(route.path);
      expect([route.path, answer.status, await api.fault(route, answer)]).toEqual([route.path, 503, undefined]);
    }
    for (const answer of [await reports(), await upload()]) {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ error: { message: 'The database does not answer: try again soon' } });
    }
    await cable?.plugIn(port);
    expect([(await reports()).status, (await upload()).status]).toEqual([200, 201]);
    cable?.cut();
    await app.close();
  });
});
