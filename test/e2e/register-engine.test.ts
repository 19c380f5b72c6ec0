import type { Browser, Page } from 'playwright-core';
import type { EngineSimulator } from '../../tools/engine-simulator';
import { ADMIN, startApp, type RunningApp } from '../support/app';
import { accessibilityFaults, openBrowser } from '../support/browser';
import { ACCOUNT, EngineBench } from '../support/engine-simulators';

const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  engine = await bench.start({ version: '4.5', https: true });
  app = await startApp();
  browser = await openBrowser();
  page = await browser.newPage();
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
}, 60_000);
afterAll(async () => {
  await browser.close();
  await app.close();
  await bench.close();
});

it('an administrator registers an engine with an unknown CA, and a host shows its virtual machine', async () => {
  await page.goto(`${app.url}/users/login`);
  await page.fill('#login', ADMIN.login);
  await page.fill('#password', ADMIN.password);
  await page.click('main button[type=submit]');
  await page.waitForURL(/\/hosts/);
  await page.goto(`${app.url}/compute_resources`);
  await page.click('text=Register an engine');
  await page.fill('#compute_resource_name', 'production');
  await page.fill('#compute_resource_url', new URL(engine.url).host);
  await page.fill('#compute_resource_password', ACCOUNT.password);
  await page.click('text=Test connection');
  await page.click('text=The fingerprint is right: trust this CA');
  await page.waitForSelector('text=The connection works');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.selectOption('#compute_resource_datacenter', { label: 'Default' });
  await page.click('main button:text-is("Register")');
  await page.waitForSelector('text=oVirt Engine 4.5.4-1.el8 answers.');
  expect(await accessibilityFaults(page)).toEqual([]);

  await app.post('/api/v2/hosts/facts', { name: 'web1.example.com', facts: { uuid: engine.data.vms[0]?.id } });
  await page.click('text=Associate hosts now');
  await page.waitForSelector('text=1 host associated.');
  await page.goto(`${app.url}/hosts/web1.example.com/ovirt`);
  await page.click('role=tab[name="Virtual Machine"]');
  await page.waitForSelector('#panel-vm >> text=web1_Data');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
}, 60_000);
