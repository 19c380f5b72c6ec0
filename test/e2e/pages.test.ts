import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ADMIN, startApp, type RunningApp } from '../support/app';
import { accessibilityFaults, drawnCharts, openBrowser, watch } from '../support/browser';

jest.setTimeout(90_000);

const hour = 3_600_000;
const busy = 'busy.example.com';
const quiet = 'quiet.example.com';
const manyReports = 5_000;
const sizes = [
  { width: 900, height: 300 },
  { width: 1280, height: 800 },
  { width: 390, height: 800 },
];

let browser: Browser;
let app: RunningApp;
let reportId: number;
let latestAt: Date;
let storageState: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  [browser, app] = await Promise.all([openBrowser(), startApp()]);
  latestAt = new Date(Date.now() - 10 * 60_000);
  const times = Array.from({ length: manyReports }, (_, index) => new Date(latestAt.getTime() - index * 0.12 * hour));
  await inTurns(times, (at, index) => upload(busy, at, { applied: index % 5, failed: index % 97 === 0 ? 1 : 0 }));
  await upload(quiet, latestAt, { applied: 0 });
  const page = await (await app.fetch(`/hosts/${quiet}/ovirt`, { headers: { accept: 'text/html' } })).text();
  reportId = Number(/\/reports\/(\d+)/.exec(page)?.[1]);
  storageState = await signIn();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

async function upload(host: string, at: Date, status: Record<string, number>): Promise<void> {
  const logs = [
    { log: { level: 'notice', sources: { source: '//Node/File[/etc/motd]' }, messages: { message: 'changed' } } },
  ];
  const metrics = {
    time: {
      values: [
        ['total', 'Total', 12.5],
        ['config_retrieval', 'Config retrieval', 1.5],
      ],
    },
  };
  const time = { total: 12.5, config_retrieval: 1.5 };
  const body = { config_report: { host, reported_at: at.toISOString(), status, metrics: { ...metrics, time }, logs } };
  const answer = await app.post('/api/v2/config_reports', body);
  if (!answer.ok) throw new Error(`The report was answered with ${answer.status}: ${await answer.text()}`);
}

/** Works through a list, eight at a time. */
async function inTurns<Item>(items: Item[], work: (item: Item, index: number) => Promise<void>): Promise<void> {
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) await work(item, index);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** What a browser keeps in which somebody signed in. */
async function signIn(): Promise<Awaited<ReturnType<BrowserContext['storageState']>>> {
  const page = await browser.newPage();
  await page.goto(`${app.url}/users/login`);
  await page.fill('input[type=password]', ADMIN.password);
  await page.fill('input[name="login[login]"]', ADMIN.login);
  await page.click('[type=submit]');
  await page.waitForURL((url) => !url.pathname.endsWith('/users/login'));
  return page.context().storageState();
}

/** A signed-in browser. */
async function visit(options: Parameters<Browser['newContext']>[0] = {}): Promise<{
  page: Page;
  context: BrowserContext;
  complaints: string[];
}> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, storageState, ...options });
  const page = await context.newPage();
  const complaints = watch(page, [app.origin]);
  return { page, context, complaints };
}

const wideness = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe.each(sizes)('pages at $width × $height', (viewport) => {
  it.each([
    ['dashboard', () => '/dashboard/ovirt', 2],
    ['host with one report', () => `/hosts/${quiet}/ovirt`, 2],
    ['host with 5,000 reports', () => `/hosts/${busy}/ovirt?range=30`, 2],
    ['graphs with one report', () => `/hosts/${quiet}/graphs/ovirt`, 2],
    ['graphs with 5,000 reports', () => `/hosts/${busy}/graphs/ovirt?range=30`, 2],
    ['host list', () => '/hosts', 0],
    ['report', () => `/reports/${reportId}`, 0],
  ])('%s: titled, drawn, accessible, nothing too wide, no complaint', async (_, path, charts) => {
    const { page, context, complaints } = await visit({ viewport });
    await page.goto(app.url + path());
    expect(await drawnCharts(page)).toBe(charts);
    expect(await page.title()).toMatch(/\S/);
    expect(await wideness(page)).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('an unknown host: a page that names it', async () => {
    const { page, context } = await visit({ viewport });
    const answer = await page.goto(`${app.url}/hosts/missing.example.com/ovirt`);
    expect(answer?.status()).toBe(404);
    expect(await page.locator('main').textContent()).toContain('missing.example.com');
    expect(await wideness(page)).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await context.close();
  });
});

describe.each(['4.x', '3.x'])('a sub-tab of 900 × 250 in the skin of webadmin %s', (skin) => {
  it.each([
    ['host', `/hosts/${busy}/ovirt`, ['h1', '.status-label', 'th:has-text("Operating system")', '[role=tab]']],
    ['graphs', `/hosts/${busy}/graphs/ovirt`, ['h1', '.status-label', '.ranges a']],
  ])('%s: shows what matters without scrolling', async (_, path, essentials) => {
    const viewport = { width: 900, height: 250 };
    const { page, context } = await visit({ viewport });
    await page.goto(`${app.url}${path}?skin=${skin}`);
    expect(await drawnCharts(page, 2)).toBe(2);
    for (const essential of [...essentials, '#runtime-chart canvas', '#resources-chart canvas']) {
      const box = await page.locator(essential).last().boundingBox();
      const inView = box && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height;
      expect([essential, inView]).toEqual([essential, true]);
    }
    expect(await wideness(page)).toBe(0);
    await context.close();
  });
});

describe('dashboard', () => {
  it('leads from a row to the list of as many hosts', async () => {
    const { page, context } = await visit();
    await page.goto(`${app.url}/dashboard/ovirt`);
    const row = page.locator('.status-table tr', { hasText: 'Good reports' });
    const count = Number(/(\d+) \//.exec((await row.textContent()) ?? '')?.[1]);
    expect(count).toBe(1);
    await row.locator('a').click();
    await page.waitForURL('**/hosts?*');
    expect(await page.locator('.hosts-table tbody tr').count()).toBe(count);
    await context.close();
  });

  it('leads from a slice to the list that its row leads to', async () => {
    const { page, context } = await visit();
    await page.goto(`${app.url}/dashboard/ovirt`);
    await drawnCharts(page);
    const href = await page.locator('.status-table a', { hasText: 'Good reports' }).getAttribute('href');
    const box = await page.locator('.doughnut canvas').boundingBox();
    if (!box) throw new Error('The doughnut is not in view');
    // Two hosts, one good: the left half of the ring, as slices begin at the top and run clockwise.
    await page.mouse.click(box.x + box.width * 0.09, box.y + box.height / 2);
    await page.waitForURL('**/hosts?*');
    expect(new URL(page.url()).search).toBe(new URL(href ?? '', app.url).search);
    await context.close();
  });

  it('refreshes itself in place, as background requests, and not while it is hidden', async () => {
    const { page, context } = await visit();
    await page.clock.install();
    await page.goto(`${app.url}/dashboard/ovirt`);
    await page.evaluate(`void (window.tableBefore = document.querySelector('.status-table'))`);
    const isRefresh = (headers: Record<string, string>): boolean => headers['x-background-refresh'] === '1';
    let refreshes = 0;
    page.on('request', (request) => (refreshes += isRefresh(request.headers()) ? 1 : 0));

    const refreshed = page.waitForResponse((response) => isRefresh(response.request().headers()));
    await page.clock.runFor(31_000);
    await (await refreshed).finished();
    expect(refreshes).toBe(1);
    expect(await page.evaluate(`window.tableBefore === document.querySelector('.status-table')`)).toBe(true);

    await page.evaluate(`Object.defineProperty(document, 'hidden', { get: () => true })`);
    await page.clock.runFor(120_000);
    expect(refreshes).toBe(1);
    await context.close();
  });
});

describe('times', () => {
  it('stand in the reader’s zone', async () => {
    const { page, context } = await visit({ timezoneId: 'Asia/Tokyo', locale: 'en-US' });
    await page.goto(`${app.url}/reports/${reportId}`);
    const shown = page.locator(`time[datetime^="${latestAt.toISOString().slice(0, 16)}"]`).first();
    const text = `${await shown.textContent()} ${(await shown.getAttribute('title')) ?? ''}`;
    const tokyo = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Tokyo', timeStyle: 'short' }).format(latestAt);
    expect(text.replace(/\u202f/g, ' ')).toContain(tokyo.replace(/\u202f/g, ' ').split(' ')[0]);
    await context.close();
  });
});
