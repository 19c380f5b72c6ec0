import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startApp, type RunningApp } from '../support/app';
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

  /** Nothing comes through any more, and nobody is told. */
  stall(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
    this.server.removeAllListeners('connection').on('connection', (socket) => this.sockets.add(socket));
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
  /** A service that reaches its database over a cable. */
  async function startOverCable(): Promise<{ app: RunningApp; cable: Cable; port: number }> {
    let cable: Cable | undefined;
    let port = 0;
    const app = await startApp({}, async (databaseUrl) => {
      const url = new URL(databaseUrl);
      cable = new Cable(url);
      port = await cable.plugIn();
      url.host = `127.0.0.1:${port}`;
      return url.href;
    });
    if (cable === undefined) throw new Error('the service was started without a database');
    return { app, cable, port };
  }

  it('and does not even refuse: all are told in time, probes at once', async () => {
    const { app, cable } = await startOverCable();
    const upload = () => app.post('/api/v2/hosts/facts', { name: 'web1', facts: { a: Math.random() } });
    expect((await upload()).status).toBe(201);
    cable.stall();
    const waiting = Promise.all([upload(), app.fetch('/hosts?format=json'), app.fetch('/api/v2/hosts?search=a')]);
    for (const path of ['/readyz', '/status']) {
      const answer = await app.anonymous(path);
      expect([answer.status, await answer.json()]).toMatchObject([503, { error: { reason: 'database_away' } }]);
    }
    expect((await app.anonymous('/healthz')).status).toBe(200);
    expect((await waiting).map(({ status }) => status)).toEqual([503, 503, 503]);
    cable.cut();
    await app.close();
  });

  it('pages and uploads answer 503 with a sentence; afterwards all is well without a restart', async () => {
    const { app, cable, port } = await startOverCable();
    const reports = () => app.fetch('/api/v2/config_reports');
    const upload = () => app.post('/api/v2/hosts/facts', { name: 'web1', facts: { a: 1 } });
    expect([(await reports()).status, (await upload()).status]).toEqual([200, 201]);
    const api = await DocumentedApi.of(app);
    cable.cut();
    for (const route of api.routes.filter(({ query }) => query !== undefined)) {
      const answer = await app.fetch(route.path);
      expect([route.path, answer.status, await api.fault(route, answer)]).toEqual([route.path, 503, undefined]);
    }
    for (const answer of [await reports(), await upload()]) {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ error: { message: 'The database does not answer: try again soon' } });
    }
    await cable.plugIn(port);
    expect([(await reports()).status, (await upload()).status]).toEqual([200, 201]);
    cable.cut();
    await app.close();
  });
});
