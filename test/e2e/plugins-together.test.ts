import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import type { Browser } from 'playwright-core';
import { builtPlugins, installPlugins } from '../../src/deployment';
import type { WebadminVersion } from '../../tools/engine-simulator/webadmin/personality';
import type { WebadminEngine } from '../../tools/engine-simulator/webadmin/webadmin-engine';
import { webadminRouter } from '../../tools/engine-simulator/webadmin/webadmin.router';
import { openBrowser } from '../support/browser';

jest.setTimeout(90_000);

const root = join(__dirname, '../..');
const user = { userName: 'admin@internal', userId: 'u', credential: 'token' };
const engine: WebadminEngine = {
  login: () => Promise.resolve(user),
  logout: () => Promise.resolve(),
  isAlive: () => true,
  vms: () => Promise.resolve([{ id: '1', name: 'web01', status: 'Up' }]),
  lists: () => Promise.resolve({}),
};
/** The toy's page, in a dialog's frame or a window of its own. */
const toyPage = `<!doctype html><p></p><button>Done</button><script>
const webadmin = window.opener ?? window.parent;
addEventListener('message', ({ data }) => (document.querySelector('p').textContent = data.toy));
document.querySelector('button').onclick = () => webadmin.postMessage('toy: done', '*');
webadmin.postMessage('toy: open', '*');
</script>`;

/** Builds the plugins that have a folder beside the tests: the toy. */
function buildToy(out: string): void {
  const script = `import { buildUiPlugins } from '${root}/scripts/build-ui-plugins.mjs';
    await buildUiPlugins('${root}/test/plugins', '${out}');`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
  if (status !== 0) throw new Error(String(stderr));
}

const listen = (app: express.Express): Promise<Server> =>
  new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server));
  });
const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

describe('Two plugins in a browser', () => {
  let dir: string;
  let engineDir: string;
  let configDir: string;
  let service: Server;
  let browser: Browser;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'plugins-'));
    [engineDir, configDir] = [join(dir, 'usr'), join(dir, 'etc')];
    await Promise.all([mkdir(engineDir), mkdir(configDir)]);
    buildToy(dir);
    service = await listen(express().get('/foreman/toy', (_req, res) => void res.type('html').send(toyPage)));
    const url = `${originOf(service)}/foreman`;
    await installPlugins(await builtPlugins(['toy'], dir), { engineDir, configDir, url });
    await installPlugins(await builtPlugins(), { engineDir, configDir });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    service?.close();
    await rm(dir, { recursive: true });
  });

  it.each<WebadminVersion>(['3.2', '3.6', '4.2', '4.5'])(
    'live side by side in webadmin %s, and a dialog of the one talks with it from another origin',
    async (version) => {
      const webadmin = await listen(
        express().use(
          webadminRouter({
            ...{ version, engine, pluginDirs: [engineDir], userConfigDir: configDir, warn: () => undefined },
            assetsDir: join(root, 'dist-tools/webadmin-stand-in'),
          }),
        ),
      );
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await page.goto(originOf(webadmin));
      await page.fill('#password', 'good');
      await page.click('#login [type=submit]');
      await page.locator('#logout').waitFor();
      await page.evaluate(`void (window.location.hash = 'vms')`);
      const play = page.getByRole('button', { name: 'Play', exact: true });
      expect(await play.isDisabled()).toBe(true);
      await page.locator('tr[data-vm="1"] td').last().click();

      const popUp = version === '3.2' ? context.waitForEvent('page') : undefined;
      await play.click();
      const shown = (await popUp) ?? page.frameLocator('[role=dialog] iframe');
      await shown.locator('p', { hasText: 'web01' }).waitFor();
      const dialog = page.locator('[role=dialog]');
      const closed = popUp ? (await popUp).waitForEvent('close') : dialog.waitFor({ state: 'hidden' });
      await Promise.all([closed, shown.getByRole('button', { name: 'Done' }).click()]);

      const frames = `[...document.querySelectorAll('body > iframe')].map((frame) => frame.getAttribute('src')).sort()`;
      expect(await page.evaluate(frames)).toEqual(['plugin/foreman/start.html', 'plugin/toy/start.html']);
      await context.close();
      webadmin.close();
    },
  );
});
