import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, startApp, type RunningApp } from '../support/app';
import { openBrowser } from '../support/browser';
import { FETCH_HOSTS, LOAD_HOSTS, runIn } from './support/reads-of-pages';

/** An empty page on an origin of its own. */
async function startSite(): Promise<{ origin: string; server: Server }> {
  const server = createServer((_, response) =>
    response.setHeader('Content-Type', 'text/html').end('<title>site</title>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('a page of another origin, in Chromium', () => {
  let service: RunningApp;
  let allowed: { origin: string; server: Server };
  let refused: { origin: string; server: Server };
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [allowed, refused, browser] = await Promise.all([startSite(), startSite(), openBrowser()]);
    service = await startApp({ CORS_ORIGINS: allowed.origin, JSONP_ENABLED: 'true' });
    await service.post('/api/v2/hosts/facts', { name: 'web1.example.com', facts: { a: '1' } });
    page = await (await browser.newContext()).newPage();
    await page.goto(`${service.url}/users/login`);
    await runIn(page, LOG_IN, { url: service.url, ...ADMIN });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    for (const site of [allowed, refused]) site?.server.close();
    await service?.close();
  });

  it.each([
    ['an allowed origin', () => allowed, ['web1.example.com'], ['web1.example.com']],
    ['an origin that is not', () => refused, 'blocked', 'blocked'],
  ])('of %s', async (_, site, byCors, byJsonp) => {
    await page.goto(site().origin);
    expect(await runIn(page, FETCH_HOSTS, service.url)).toEqual(byCors);
    expect(await runIn(page, LOAD_HOSTS, service.url)).toEqual(byJsonp);
  });
});

const LOG_IN = `({ url, login, password }) => fetch(url + '/users/login', {
  method: 'POST',
  credentials: 'include',
  headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
  body: new URLSearchParams({ 'login[login]': login, 'login[password]': password }),
}).then((answer) => answer.json())`;
