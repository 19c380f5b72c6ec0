import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NO_COUNTERS } from '../../src/common/counters';
import { dashboardPage } from '../../src/dashboard/dashboard.view';
import type { HostDetails } from '../../src/hosts/host-details';
import { hostGraphsPage } from '../../src/host-pages/host-graphs.view';
import { hostListPage } from '../../src/host-pages/host-list.view';
import { hostPage } from '../../src/host-pages/host-page.view';
import { reportPage } from '../../src/report-pages/report-page.view';
import { errorPage } from '../../src/view-kit/error.view';
import { configureHandlebars } from '../../src/view-kit/handlebars';
import { adminPages } from '../support/admin-pages';
import { operationPages } from '../support/operation-pages';

const HOSTILE = `"><script>alert('x')</script>{{title}}`;
const viewsDir = path.resolve(__dirname, '../../views');
const urls = { url: (to: string) => `/foreman${to}` };
const now = new Date('2026-11-22T12:00:00Z');
const values = { ...NO_COUNTERS, failed: 2, configRetrieval: 2, rest: 9 };
const history = {
  days: 7,
  since: new Date('2026-11-15T12:00:00Z'),
  until: now,
  reports: 1,
  sums: values,
  buckets: [{ fromAt: now, toAt: now, reports: 1, min: values, max: values, sum: values }],
};
const host: HostDetails = {
  id: 1,
  name: HOSTILE,
  certname: `c${HOSTILE}`,
  enabled: true,
  comment: HOSTILE,
  uuid: null,
  ip: HOSTILE,
  mac: null,
  domain: HOSTILE,
  environment: HOSTILE,
  architecture: HOSTILE,
  operatingSystem: { name: HOSTILE, major: '9', minor: '4', title: HOSTILE },
  model: HOSTILE,
  hostgroup: HOSTILE,
  computeResource: { id: 1, name: HOSTILE },
  status: 'Error',
  lastReportAt: now,
  lastReportId: 5,
  origin: HOSTILE,
  counters: values,
};
const row = {
  name: HOSTILE,
  status: 'Error' as const,
  operatingSystem: HOSTILE,
  hostgroup: HOSTILE,
  lastReportAt: now,
};
const report = { id: 5, hostName: HOSTILE, origin: HOSTILE, reportedAt: now, counters: values };

const framed = { layout: 'layouts/ovirt' };
const plain = {
  layout: 'layouts/plain',
  homeUrl: '/foreman/hosts',
  navigation: [{ label: HOSTILE, href: '/foreman/hosts', current: true }],
  account: {
    name: HOSTILE,
    href: '/foreman/account',
    signOutUrl: '/foreman/users/logout',
    hidden: [{ name: 'token', value: HOSTILE }],
  },
};

/** Administration's, and parts that scripts put into a page. */
const ADMIN_PAGES = Object.entries({ ...adminPages(HOSTILE, now), ...operationPages(HOSTILE, now) }).map(
  ([view, locals]) => [view, { ...plain, title: 'Title', hidden: plain.account.hidden, ...locals }],
);

const PAGES: Record<string, object> = {
  ...(Object.fromEntries(ADMIN_PAGES) as Record<string, object>),
  'dashboard/ovirt': {
    ...framed,
    ...dashboardPage(
      {
        totalHosts: 1,
        filter: HOSTILE,
        rows: [{ key: 'error', search: HOSTILE, count: 1 }],
        distribution: { intervalMinutes: 30, bins: [{ minutesAgo: 30, reports: 1 }] },
        events: [{ ...report, reportId: 5 }],
        recentMinutes: 35,
        generatedAt: now,
      },
      urls,
      now,
    ),
  },
  'hosts/show-ovirt': {
    ...framed,
    ...hostPage({ host, history, list: HOSTILE, virtualMachineUrl: HOSTILE }, urls, now),
  },
  'hosts/graphs-ovirt': { ...framed, ...hostGraphsPage({ host, history, list: HOSTILE }, urls, now) },
  'hosts/index': {
    ...framed,
    ...hostListPage(
      {
        hosts: { total: 1, subtotal: 1, page: 1, perPage: 20, rows: [{ ...row, origin: HOSTILE, counters: values }] },
        search: HOSTILE,
        order: HOSTILE,
        problem: { message: HOSTILE, of: 'search', position: { start: 0, end: 3 } },
      },
      {
        completeUrl: HOSTILE,
        filters: [{ name: HOSTILE, choices: [{ label: HOSTILE, href: HOSTILE, chosen: true }] }],
        saved: [{ label: HOSTILE, href: HOSTILE, query: HOSTILE, note: HOSTILE, deleteUrl: HOSTILE }],
        saveUrl: HOSTILE,
        hasSaved: true,
        hidden: [{ name: HOSTILE, value: HOSTILE }],
      },
      urls,
      now,
    ),
  },
  'reports/show': {
    ...framed,
    ...reportPage(
      {
        ...report,
        runtime: 9,
        configRetrieval: 2,
        metrics: { [HOSTILE]: { [HOSTILE]: 1 } },
        logs: [{ level: HOSTILE, source: HOSTILE, message: HOSTILE }],
      },
      urls,
      now,
    ),
  },
  'errors/error': {
    ...plain,
    ...errorPage({
      code: 'not_found',
      status: 404,
      message: HOSTILE,
      details: { fields: { [HOSTILE]: [HOSTILE] } },
      requestId: HOSTILE,
    }),
  },
  'auth/login': {
    ...plain,
    title: 'Sign in',
    action: '/x',
    hidden: [],
    choices: [{ value: HOSTILE, label: HOSTILE, selected: true }],
    login: HOSTILE,
    refusal: HOSTILE,
  },
};

const isPart = (view: string) => (PAGES[view] as { layout?: unknown }).layout === false;

let publicDir: string;
let render: (view: string) => Promise<string>;

beforeAll(() => {
  publicDir = mkdtempSync(path.join(tmpdir(), 'public-'));
  const assets = ['app.css', 'app.js', 'OpenSans-Regular-webfont.woff2', 'OpenSans-Semibold-webfont.woff2'];
  writeFileSync(
    path.join(publicDir, 'manifest.json'),
    JSON.stringify(Object.fromEntries(assets.map((name) => [name, `hashed-${name}`]))),
  );
  const engine = configureHandlebars({ viewsDir, publicDir, basePath: '/foreman' });
  render = (view) =>
    new Promise((resolve, reject) => {
      const locals = { ...PAGES[view], settings: { views: viewsDir, 'view engine': 'hbs' } };
      engine.__express(path.join(viewsDir, `${view}.hbs`), locals, (error: Error | null, html: string) =>
        error ? reject(error) : resolve(html),
      );
    });
});

afterAll(() => rmSync(publicDir, { recursive: true }));

describe.each(Object.keys(PAGES))('%s', (view) => {
  it('escapes whatever hosts, reports and people say', async () => {
    const html = await render(view);
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script>');
  });

  it('holds no inline script or style and asks for our own assets only', async () => {
    const html = await render(view);
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
    const outside = [...html.matchAll(/<(?:link|script|img)[^>]*\s(?:href|src)="([^"]*)"/g)].map(([, url]) => url);
    expect(outside.filter((url) => !/^(\/foreman\/assets\/hashed-|data:,$)/.test(url ?? ''))).toEqual([]);
  });

  it('has one main heading and a title, unless it is a part of a page', async () => {
    const html = await render(view);
    const whole = !isPart(view);
    expect(html.match(/<h1/g) ?? []).toHaveLength(whole ? 1 : 0);
    expect(/<title>[^<]+<\/title>/.test(html)).toBe(whole);
  });
});

it('every template of a page is rendered above', () => {
  const folders = readdirSync(viewsDir).filter((folder) => !['layouts', 'partials'].includes(folder));
  const templates = folders.flatMap((folder) =>
    readdirSync(path.join(viewsDir, folder)).map((file) => `${folder}/${path.basename(file, '.hbs')}`),
  );
  expect(Object.keys(PAGES).sort()).toEqual(templates.sort());
});

it('configureHandlebars without built assets names the remedy', () => {
  expect(() => configureHandlebars({ viewsDir, publicDir: '/nowhere', basePath: '' })).toThrow(/npm run build/);
});
