import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import {
  engineData,
  makeCertificates,
  provesOwner,
  type EngineSimulator,
  type VmSeed,
} from '../../../tools/engine-simulator';
import { startWebadmin } from '../../../tools/engine-simulator/start-webadmin';
import { personalityOf, type WebadminVersion } from '../../../tools/engine-simulator/webadmin/personality';
import { startApp, type RunningApp } from '../../support/app';
import { proxySnippet, selfSigned, startReverseProxy, type ReverseProxy } from '../../support/reverse-proxy';
import { WebadminPage } from './webadmin-page';

interface HostSeed {
  name: string;
  uuid?: string;
}

/** What the engine and the service know. */
export interface Fleet {
  vms: VmSeed[];
  hosts: HostSeed[];
}

/** Chromium finds these names on loopback, as sites of their own; nobody knows the third one. */
export const OWN_SITES = [
  '--host-resolver-rules=MAP engine.test 127.0.0.1, MAP foreman.example 127.0.0.1, MAP third.example 127.0.0.1',
];
const root = join(__dirname, '../../..');
const built = { pluginsDir: join(root, 'dist/ui-plugins'), assetsDir: join(root, 'dist-tools/webadmin-stand-in') };

interface Parts {
  version: WebadminVersion;
  app: RunningApp;
  engine: EngineSimulator;
  proxy: ReverseProxy;
  /** Where webadmin is. */
  url: string;
  /** Where the service is. */
  serviceUrl: string;
}

/** The service and a simulated engine with webadmin, registered with each other, with Debian's Apache before them. */
export class WebadminStage {
  private constructor(
    private readonly parts: Parts,
    private readonly browser: Browser,
  ) {}

  /** Both behind one origin. */
  static async set(browser: Browser, version: WebadminVersion, fleet: Fleet): Promise<WebadminStage> {
    const app = await startApp();
    const engine = await startWebadmin({ version, data: engineData(fleet.vms), ...built });
    const { proxy, ca } = await apacheBefore(app, engine);
    const stage = new WebadminStage(
      { version, app, engine, proxy, url: proxy.https, serviceUrl: proxy.https },
      browser,
    );
    await stage.register({ url: proxy.https, public_key: ca }, !provesOwner(engine.version));
    await Promise.all(fleet.hosts.map((host) => stage.upload(host)));
    return stage;
  }

  /** Webadmin on a site of its own, the service on another; the browser needs OWN_SITES. */
  static async setApart(browser: Browser, version: WebadminVersion, fleet: Fleet): Promise<WebadminStage> {
    const userConfigDir = await mkdtemp(join(tmpdir(), 'foreman-config-'));
    const engine = await startWebadmin({ version, data: engineData(fleet.vms), ...built, https: true, userConfigDir });
    const url = `https://engine.test:${new URL(engine.url).port}`;
    const app = await startApp({ ALLOWED_HOSTS: 'foreman.example', CORS_ORIGINS: url, JSONP_ENABLED: 'true' });
    const { proxy } = await apacheBefore(app, engine);
    const serviceUrl = `https://foreman.example:${new URL(proxy.https).port}`;
    const settings = { enabled: true, config: { url: `${serviceUrl}/foreman` } };
    await writeFile(join(userConfigDir, 'foreman-config.json'), JSON.stringify(settings));
    const stage = new WebadminStage({ version, app, engine, proxy, url, serviceUrl }, browser);
    await stage.register({ url: engine.url, public_key: engine.ca, addresses: [url] }, !provesOwner(engine.version));
    await Promise.all(fleet.hosts.map((host) => stage.upload(host)));
    return stage;
  }

  /** Whether a VM has a page of its own in this webadmin, rather than sub-tabs under the grid. */
  get hasVmPages(): boolean {
    return personalityOf(this.parts.version).layout === '4';
  }

  get app(): RunningApp {
    return this.parts.app;
  }

  get engine(): EngineSimulator {
    return this.parts.engine;
  }

  get url(): string {
    return this.parts.url;
  }

  /** Where the service's pages are. */
  get foremanUrl(): string {
    return `${this.parts.serviceUrl}/foreman`;
  }

  /** Webadmin in a browser of its own, before login. */
  async open(): Promise<WebadminPage> {
    const { url, serviceUrl } = this.parts;
    const viewport = { width: 1280, height: 800 };
    const context = await this.browser.newContext({ viewport, ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(url);
    return new WebadminPage(page, serviceUrl, [url, serviceUrl]);
  }

  async close(): Promise<void> {
    const { proxy, engine, app } = this.parts;
    await proxy.stop();
    await engine.close();
    await app.close();
  }

  private async register(address: Record<string, unknown>, acceptReadableUser: boolean): Promise<void> {
    const account = { user: 'admin@internal', password: 'admin-password' };
    const answer = await this.app.post('/api/v2/compute_resources', {
      compute_resource: { name: 'Engine', provider: 'Ovirt', ...address, ...account },
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

/** Apache as `foreman-ovirt proxy-config` sets it up: the service under its path, the engine everywhere else. */
async function apacheBefore(app: RunningApp, engine: EngineSimulator): Promise<{ proxy: ReverseProxy; ca: string }> {
  const [tls, { cert }] = await Promise.all([makeCertificates(['127.0.0.1']), selfSigned('nobody')]);
  const snippet = await proxySnippet('apache', app.origin);
  return {
    proxy: await startReverseProxy({ kind: 'apache', snippet, engine: engine.url, tls, clientCa: cert }),
    ca: tls.ca,
  };
}
