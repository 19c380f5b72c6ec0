import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { engineData, type EngineSimulator, type VmSeed } from '../../../tools/engine-simulator';
import { startWebadmin } from '../../../tools/engine-simulator/start-webadmin';
import type { WebadminVersion } from '../../../tools/engine-simulator/webadmin/personality';
import { startApp, type RunningApp } from '../../support/app';
import { WebadminPage } from './webadmin-page';

/** Engines that cannot prove whose session one is: their administrator has to accept less. */
const withoutProof: WebadminVersion[] = ['3.3', '3.4', '3.6', '4.0', '4.1'];

export interface HostSeed {
  name: string;
  uuid?: string;
}

/** The service and a simulated engine with webadmin, registered with each other, behind one origin. */
export class WebadminStage {
  private constructor(
    readonly app: RunningApp,
    readonly engine: EngineSimulator,
    private readonly browser: Browser,
  ) {}

  static async set(
    browser: Browser,
    version: WebadminVersion,
    { vms, hosts }: { vms: VmSeed[]; hosts: HostSeed[] },
  ): Promise<WebadminStage> {
    const app = await startApp();
    const engine = await startWebadmin({
      version,
      data: engineData(vms),
      distDir: join(__dirname, '../../../dist'),
      service: { origin: app.origin, path: '/foreman' },
    });
    const stage = new WebadminStage(app, engine, browser);
    await stage.register(withoutProof.includes(version));
    await Promise.all(hosts.map((host) => stage.upload(host)));
    return stage;
  }

  /** Webadmin in a browser of its own, before login. */
  async open(): Promise<WebadminPage> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(this.engine.url);
    return new WebadminPage(page, this.engine.url);
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.app.close();
  }

  private async register(acceptReadableUser: boolean): Promise<void> {
    const account = { user: 'admin@internal', password: 'admin-password' };
    const answer = await this.app.post('/api/v2/compute_resources', {
      compute_resource: { name: 'Engine', provider: 'Ovirt', url: this.engine.url, ...account },
    });
    const { id } = (await succeeded(answer)) as { id: number };
    await succeeded(
      await this.app.fetch(`/auth_source_ovirts/${id}`, {
        method: 'PUT',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ auth_source_ovirt: { accept_readable_user: acceptReadableUser } }),
      }),
    );
  }

  private async upload({ name, uuid }: HostSeed): Promise<void> {
    const facts = { operatingsystem: 'Rocky', operatingsystemrelease: '9.4', ...(uuid && { uuid }) };
    await succeeded(await this.app.post('/api/v2/hosts/facts', { name, certname: name, facts }));
    const report = { host: name, reported_at: new Date().toISOString(), status: { applied: 2 }, metrics: {}, logs: [] };
    await succeeded(await this.app.post('/api/v2/config_reports', { config_report: report }));
  }
}

async function succeeded(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.url} was answered with ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
