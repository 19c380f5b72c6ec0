import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import type { WebadminEngine } from '../../tools/engine-simulator/webadmin/webadmin-engine';
import { webadminRouter } from '../../tools/engine-simulator/webadmin/webadmin.router';
import { openBrowser } from '../support/browser';

jest.setTimeout(90_000);

const user = { userName: 'admin@internal-authz', userId: 'u', credential: 'token' };
const engine: WebadminEngine = {
  login: () => Promise.resolve(user),
  logout: () => Promise.resolve(),
  isAlive: () => true,
  vms: () => Promise.resolve([{ id: '1', name: 'web01', status: 'Up' }]),
  lists: () => Promise.resolve({}),
};
const pluginPage = `<script>
const api = parent.pluginApi('probe');
const page = 'plugin/probe/page.html';
const buttons = ['First', 'Second'].map((label) => ({ label, onClick() {} }));
api.register({ UiInit() {
  api.addPrimaryMenuPlace('Foreman Dashboard', 'main', page, { icon: 'fa-area-chart' });
  api.addDetailPlace('VirtualMachine', 'Foreman Details', 'first', page, {});
  api.addDetailPlace('VirtualMachine', 'Foreman Graphs', 'second', page, {});
  const onClick = () => api.showDialog('Dialog', 'dialog', page, '540px', '600px', { buttons });
  api.addMenuPlaceActionButton('VirtualMachine', 'Show', { onClick });
} });
api.ready();
</script>`;

/** The sizes that were measured in a webadmin 4.5.7 in the same browser. */
describe('Webadmin stand-in 4.5 in a browser', () => {
  let dir: string;
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'looks-'));
    await mkdir(join(dir, 'probe'));
    await writeFile(join(dir, 'probe.json'), '{"name":"probe","url":"plugin/probe/start.html","resourcePath":"probe"}');
    await writeFile(join(dir, 'probe/start.html'), pluginPage);
    await writeFile(join(dir, 'probe/page.html'), '<input>');
    const assetsDir = join(__dirname, '../../dist-tools/webadmin-stand-in');
    const router = webadminRouter({ version: '4.5', pluginDirs: [dir], assetsDir, engine, warn: () => undefined });
    server = await new Promise<Server>((resolve) => {
      const started = express()
        .use(router)
        .listen(0, '127.0.0.1', () => resolve(started));
    });
    browser = await openBrowser(['--disable-gpu']);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await page.fill('#password', 'good');
    await page.click('#login [type=submit]');
    await page.waitForSelector('[data-place=main]');
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await rm(dir, { recursive: true });
  });

  const sizeOf = (selector: string): Promise<unknown> =>
    page.evaluate(`(() => {
      const { x, y, width, height } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
      return [x, y, width, height];
    })()`);

  it('gives a main place 1080×734, beside a menu of 200 px that cuts long labels', async () => {
    await page.click('[data-place=main]');
    await page.waitForSelector('iframe[name=main]');
    expect(await sizeOf('iframe[name=main]')).toEqual([200, 60, 1080, 734]);
    const isCut = `(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('[data-place=main] .label-text'))`;
    expect(await page.evaluate(isCut)).toBe(true);
  });

  it('gives a VM’s sub-tab 1040×588, and 784×477 in a small window', async () => {
    await page.evaluate(`void (window.location.hash = 'vms-general;name=web01')`);
    await page.click('[data-place=first]');
    await page.waitForSelector('iframe[name=first]');
    expect(await sizeOf('iframe[name=first]')).toEqual([220, 207, 1040, 588]);
    await page.setViewportSize({ width: 1024, height: 768 });
    expect(await sizeOf('iframe[name=first]')).toEqual([220, 286, 784, 477]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('gives a dialog’s page 538×500 of 540×600, and closes it by Escape only while the focus is outside of it', async () => {
    await page.click('text=Show');
    const frame = page.frameLocator('[role=dialog] iframe');
    await frame.locator('input').click();
    expect((await sizeOf('[role=dialog] iframe')) as number[]).toEqual([371, 173, 538, 500]);
    await page.keyboard.press('Escape');
    expect(await page.locator('[role=dialog]').count()).toBe(1);
    await page.click('[role=dialog] header span');
    await page.keyboard.press('Escape');

    expect(await page.locator('[role=dialog]').count()).toBe(0);
  });

  it('keeps the arrow keys of a plugin’s frame to the frame', async () => {
    await page.evaluate(`void (window.location.hash = 'first')`);
    const field = page.frameLocator('iframe[name=first]').locator('input');
    await field.click();
    await page.keyboard.press('ArrowDown');

    expect(new URL(page.url()).hash).toBe('#first');
  });

  it('leaves at the sign-out for the engine’s start page', async () => {
    await page.click('#logout');
    await page.waitForSelector('#WelcomePage_webadmin');

    expect(new URL(page.url()).pathname).toBe('/ovirt-engine/');
  });
});
