import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ADMIN, SECRET_KEY, basic } from '../../support/app';

/** The built service as a process of its own. */
export class ServiceProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Starts it on a free port and waits until it answers. */
  static async start(databaseUrl: string): Promise<ServiceProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [join(__dirname, '../../../dist/src/main.js')], {
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        SECRET_KEY,
        ADMIN_PASSWORD: ADMIN.password,
        PORT: String(port),
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const service = new ServiceProcess(child, `http://127.0.0.1:${port}/foreman`);
    while (!(await service.answers())) {
      if (child.exitCode !== null) throw new Error(`The service ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return service;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: basic(ADMIN.login, ADMIN.password), 'content-type': 'application/json' };
    return fetch(this.url + path, {
      redirect: 'manual',
      ...init,
      headers: { ...headers, ...(init.headers as object) },
    });
  }

  /** Ends it with a signal and waits until it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
  }

  private async answers(): Promise<boolean> {
    return fetch(`${this.url}/users/login`).then(
      async (answer) => (await answer.arrayBuffer(), true),
      () => false,
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
