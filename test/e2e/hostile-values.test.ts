import type { Browser, BrowserContext, Page } from 'playwright-core';
import { engineData } from '../../tools/engine-simulator';
import { ADMIN, startApp, type RunningApp } from '../support/app';
import { openBrowser, watch } from '../support/browser';
import { formOf, register } from '../support/compute-resources';
import { EngineBench } from '../support/engine-simulators';
import { routesOf } from '../support/routes';

jest.setTimeout(240_000); // it walks over every page

/** What breaks out of an attribute, an element, a script and a template, and a link that runs; without `/` for names. */
const HOSTILE = `"'><img src=x onerror=alert(1)><svg onload=alert(2)>{{constructor}}`;
const LONGER = `javascript:alert(3)//${HOSTILE}</script></textarea></title><script>alert(4)</script><a href="javascript:alert(5)">x</a>`;
const LOGIN = LONGER.replaceAll(/[\s:]/g, '').slice(0, 100);
const PASSWORD = 'a-good-password';
/** Pages that are no page: they lead away or hand out a file. */
const NO_PAGES =
  /^\/(api(?!\/docs)|apidoc|node|status|users\/logout)|\.(json|tar)|auto_complete|\/reports\/last|checksum/;
const MOST_PAGES = 250;
/** Pages that are looked at at a time: each takes half a second to come to rest. */
const TABS = 8;

const bench = new EngineBench();
let browser: Browser;
let app: RunningApp;

beforeAll(async () => {
  [browser, app] = await Promise.all([openBrowser(), startApp()]);
  await fill();
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await bench.close();
});

async function done(answer: Promise<Response>): Promise<Record<string, unknown>> {
  const response = await answer;
  const body = await response.text();
  if (response.status >= 400) throw new Error(`${response.url} answers ${response.status}: ${body}`);
  return (body.startsWith('{') ? JSON.parse(body) : {}) as Record<string, unknown>;
}

/** Puts hostile values wherever people, hosts and engines may put any. */
async function fill(): Promise<void> {
  const vm = { name: HOSTILE, fqdn: HOSTILE, description: LONGER };
  const engine = await bench.start({ version: '4.5', https: true, data: engineData([vm]) });
  await register(app, engine, { name: LONGER, description: LONGER });
  await register(
    app,
    { url: 'https://127.0.0.1:9', ca: '' },
    { name: HOSTILE, description: LONGER, user: HOSTILE, datacenter: LONGER },
  );
  const facts = {
    uuid: engine.data.vms[0]?.id,
    [LONGER]: LONGER,
    operatingsystem: HOSTILE,
    operatingsystemrelease: HOSTILE,
    architecture: LONGER,
    domain: LONGER,
    ipaddress: LONGER,
    macaddress: LONGER,
    productname: LONGER,
    nested: { [HOSTILE]: [LONGER] },
  };
  await done(app.post('/api/v2/hosts/facts', { name: HOSTILE, certname: HOSTILE, facts }));
  const logs = [{ log: { level: 'err', sources: { source: LONGER }, messages: { message: LONGER } } }];
  const metrics = { time: { total: 1, [LONGER]: 1 }, [HOSTILE]: { [LONGER]: 2 } };
  const reported_at = new Date(Date.now() - 60_000).toISOString();
  const report = { host: HOSTILE, reported_at, status: { failed: 1 }, metrics, logs, reporter: LONGER };
  await done(app.post('/api/v2/config_reports', { config_report: report }));
  const host = { comment: LONGER, hostgroup_title: HOSTILE };
  await done(
    app.fetch(`/api/v2/hosts/${encodeURIComponent(HOSTILE)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ host }),
    }),
  );
  await done(
    app.fetch(
      '/bookmarks',
      formOf({ name: HOSTILE, query: `comment = "${LONGER.replaceAll('"', '\\"')}"`, public: '1' }),
    ),
  );
  const role = await done(
    app.post('/api/v2/roles', { role: { name: HOSTILE, description: LONGER, permissions: ['view_hosts'] } }),
  );
  const person = { firstname: HOSTILE, lastname: LONGER.slice(0, 250), mail: HOSTILE };
  const user = { login: LOGIN, password: PASSWORD, admin: true, role_ids: [role.id], ...person };
  await done(app.post('/api/v2/users', { user }));
  await done(app.post('/api/v2/personal_access_tokens', { personal_access_token: { name: HOSTILE } }));
  await app.anonymous('/users/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: { login: HOSTILE, password: 'x' } }), // into the trail
  });
}

/** A page and what it has to complain of. */
async function openPage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints = watch(page, [app.origin]);
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, complaints };
}

/** The same in a browser in which the person with the hostile login is signed in. */
async function visit(): Promise<{ page: Page; complaints: string[] }> {
  const { page, complaints } = await openPage(await browser.newContext());
  await page.goto(`${app.url}/users/login`);
  await page.fill('input[name="login[login]"]', LOGIN);
  await page.fill('input[type=password]', PASSWORD);
  await page.click('[type=submit]');
  await page.waitForURL((url) => !url.pathname.endsWith('/users/login'));
  return { page, complaints };
}

/** What of the hostile values became more than text. */
const ALIVE = `[...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]
  .filter(({ name, value }) => /^on/i.test(name) || (/^(href|src|action|formaction)$/i.test(name) && /^\\s*(javascript|data:text)/i.test(value)))
  .map(({ name, value }) => element.tagName + ' ' + name + '=' + value))
  .concat([...document.querySelectorAll('script:not([src]), svg[onload], img[src=x]')].map(({ outerHTML }) => outerHTML))`;

const LINKS = `[...document.querySelectorAll('a[href]')].map(({ href }) => href).filter((href) => URL.canParse(href))`;

/** An answer of an error's status is no complaint: a hostile search is none that can be understood. */
const isStatus = (complaint: string) =>
  /Failed to load resource: the server responded with a status of/.test(complaint);

/** The first addresses: every page, of the first thing of its kind, and with hostile texts where callers give any. */
function starts(): string[] {
  const ofHost = (route: string) => route.replace(/^\/hosts\/:\w+/, `/hosts/${encodeURIComponent(HOSTILE)}`);
  const plain = pageRoutes().map((route) => ofHost(route).replaceAll(/:\w+/g, '1'));
  const query = ['search', 'order', 'list', 'refused', 'original_uri', 'page', 'range', 'format', 'callback']
    .map((name) => `${name}=${encodeURIComponent(LONGER)}`)
    .join('&');
  const lists = pageRoutes().filter((route) => !route.includes(':'));
  const asked = [
    ...plain.flatMap((path) => [path, `${path}?${query}`]),
    ...lists.map((path) => `${path}?order=${encodeURIComponent(LONGER)}`),
  ];
  const unknown = [
    `/hosts/${encodeURIComponent(LONGER)}/ovirt`,
    `/users/${encodeURIComponent(LONGER)}/edit`,
    `/${encodeURIComponent(LONGER)}`,
  ];
  return [...asked, ...unknown].map((path) => `${app.url}${path}`);
}

const pageRoutes = () =>
  routesOf(app).flatMap((route) => {
    const [method, path = ''] = route.split(' ');
    return method === 'GET' && !NO_PAGES.test(path) ? [path] : [];
  });

/** One of each kind is enough: numbers and names in an address are what it is about, not another page. */
const kindOf = (address: string) => {
  const { pathname, searchParams } = new URL(address);
  return `${pathname.replaceAll(/\d+/g, 'N')}?${[...searchParams.keys()].sort().join('&')}`;
};

it('no value that anybody sent runs, on any page, and the browser has nothing to complain of', async () => {
  const first = await visit();
  const context = first.page.context();
  const tabs = [first];
  while (tabs.length < TABS) tabs.push(await openPage(context));
  const seen = new Set<string>();
  context.on('request', (request) => seen.add(new URL(request.url()).pathname.replace('/foreman', '') || '/'));
  const queue = starts();
  const kinds = new Set(queue);
  const alive: string[] = [];
  const look = async (tab: Page, address: string) => {
    await tab.goto(address, { waitUntil: 'networkidle' });
    const found = await tab.evaluate<string[]>(ALIVE);
    alive.push(...found.map((what) => `${address}: ${what}`));
    for (const link of await tab.evaluate<string[]>(LINKS)) {
      const { origin, pathname } = new URL(link);
      const path = pathname.replace('/foreman', '');
      if (origin !== app.origin || NO_PAGES.test(path) || kinds.has(kindOf(link)) || queue.length >= MOST_PAGES)
        continue;
      kinds.add(kindOf(link));
      queue.push(link);
    }
  };
  for (let from = 0; from < queue.length; from += TABS) {
    const addresses = queue.slice(from, from + TABS);
    await Promise.all(tabs.slice(0, addresses.length).map(({ page }, index) => look(page, addresses[index] ?? '')));
  }
  expect(alive).toEqual([]);
  expect(tabs.flatMap(({ complaints }) => complaints).filter((complaint) => !isStatus(complaint))).toEqual([]);
  const patterns = pageRoutes().map((route) => ({
    route,
    as: new RegExp(`^${route.replaceAll(/[:*]\w+/g, '[^/]+')}$`),
  }));
  const unseen = patterns.filter(({ as }) => ![...seen].some((path) => as.test(path))).map(({ route }) => route);
  expect(unseen).toEqual([]);
  expect(await context.cookies()).toHaveLength(1); // still signed in, by the one cookie
});

it('nor does what a form was refused for, when it is shown again', async () => {
  const { page, complaints } = await visit();
  const forms: [path: string, field: string][] = [
    ['/users/new', 'user[login]'],
    ['/roles/new', 'role[name]'],
    ['/compute_resources/new', 'compute_resource[name]'],
    ['/personal_access_tokens', 'personal_access_token[name]'],
  ];
  for (const [path, field] of forms) {
    await page.goto(`${app.url}${path}`);
    const form = page.locator('form', { has: page.locator(`[name="${field}"]`) }).last();
    await form.locator(`[name="${field}"]`).fill(LONGER.repeat(4));
    await page.evaluate(`document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })`);
    await form.locator('[type=submit]').first().click();
    await page.waitForLoadState('networkidle');
    expect(await page.content()).toContain('alert(4)'); // as text
    expect(await page.evaluate<string[]>(ALIVE)).toEqual([]);
  }
  expect(complaints.filter((complaint) => !isStatus(complaint))).toEqual([]);
});

it('and the login form shows hostile texts of its address as text', async () => {
  const page = await browser.newPage();
  const complaints = watch(page, [app.origin]);
  const query = new URLSearchParams({ refused: HOSTILE.slice(0, 50), original_uri: LONGER });
  await page.goto(`${app.url}/users/login?${query.toString()}`);
  expect(await page.evaluate<string[]>(ALIVE)).toEqual([]);
  await page.fill('input[name="login[login]"]', ADMIN.login);
  await page.fill('input[type=password]', ADMIN.password);
  await page.click('[type=submit]');
  await page.waitForURL('**/hosts');
  expect(complaints.filter((complaint) => !isStatus(complaint))).toEqual([]);
});
