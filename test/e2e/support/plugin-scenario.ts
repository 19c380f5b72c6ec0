import type { Browser } from 'playwright-core';
import type { WebadminSession } from '../../../tools/engine-simulator';
import { openBrowser } from '../../support/browser';
import { movableClock } from '../../support/sign-in';
import type { WebadminPage } from './webadmin-page';
import type { Fleet, WebadminStage } from './webadmin-stage';

const id = (n: number): string => `6f1d2c3b-4a59-4687-9c0d-${n.toString(16).padStart(12, '0')}`;
const hostileNames = ['a" or name ~ "', 'and', 'two words', '100%', 'jürgen.example.com', 'uuid = x', "o'brien"];
const fleet = Array.from({ length: 10 }, (_, index) => ({ name: `fleet${index}`, id: id(100 + index) }));

const vms = [
  { id: id(1), name: 'known-by-uuid' },
  { id: id(2), name: 'DB1.example.com' },
  { id: id(3), name: 'named.example.com' },
  { id: id(4), name: 'nobody' },
  { id: id(5), name: 'x" or name ~ "' },
  ...hostileNames.map((name, index) => ({ id: id(50 + index), name })),
  ...fleet,
];
const hosts = [
  { name: 'web1.example.com', uuid: id(1) },
  { name: 'db1.example.com' },
  { name: 'identified.example.com', uuid: id(3) },
  { name: 'named.example.com' },
  ...hostileNames.map((name) => ({ name })),
  ...fleet.map((vm) => ({ name: `${vm.name}.example.com`, uuid: vm.id })),
];

/** VMs and hosts of the scenario. */
export const scenarioFleet: Fleet = { vms, hosts };
/** A VM whose uuid is a host, and that host's name. */
export const KNOWN = { vm: id(1), host: 'web1.example.com' };

/**
 * All that an administrator does with the UI plugin, as tests of the enclosing `describe`; the same wherever the service
 * is. `more` adds tests of the page, signed in with the dashboard's tab shown.
 */
export function pluginScenario(
  set: (browser: Browser) => Promise<WebadminStage>,
  {
    browserArguments = [],
    more,
  }: { browserArguments?: string[]; more?: (now: () => { stage: WebadminStage; webadmin: WebadminPage }) => void } = {},
): void {
  let browser: Browser;
  let stage: WebadminStage;
  let webadmin: WebadminPage;
  let engineSession: WebadminSession | undefined;
  beforeAll(async () => {
    browser = await openBrowser(browserArguments);
    stage = await set(browser);
  });
  afterAll(async () => {
    await stage?.close();
    await browser?.close();
  });
  beforeEach(async () => {
    const signIn = jest.spyOn(stage.engine.control, 'signInByPassword');
    webadmin = await stage.open();
    await webadmin.signIn();
    await webadmin.shown('foreman-dashboard');
    const [login] = signIn.mock.results;
    engineSession = login?.type === 'return' ? login.value : undefined;
  });
  afterEach(async () => {
    await webadmin.close();
    jest.restoreAllMocks();
  });

  /** Nothing is shown of a host, where webadmin leaves the sub-tabs in view with the reason. */
  async function withoutHost(reason: string): Promise<void> {
    if (stage.hasVmPages) {
      await webadmin.open('foreman-details');
      await webadmin.frame('foreman-details').getByRole('heading', { name: reason }).waitFor();
    } else {
      await webadmin.hidden('foreman-details');
      await webadmin.hidden('foreman-graphs');
    }
  }

  it('shows the dashboard with its numbers after the login at webadmin alone', async () => {
    const dashboard = await webadmin.open('foreman-dashboard');
    await dashboard.getByText('Changed without error').waitFor();
    expect(await dashboard.locator('.status-table tr', { hasText: 'Changed without error' }).textContent()).toMatch(
      new RegExp(`${hosts.length}\\s*$`),
    );
    expect(await webadmin.charts('foreman-dashboard', 2)).toBe(2);
    expect(webadmin.complaints).toEqual([]);
  });

  it('shows both sub-tabs of a VM whose uuid is a host, with charts', async () => {
    await webadmin.select(id(1));
    await webadmin.open('foreman-details');
    expect(await webadmin.heading('foreman-details')).toBe('web1.example.com');
    expect(await webadmin.charts('foreman-details', 2)).toBe(2);
    await webadmin.open('foreman-graphs');
    expect(await webadmin.heading('foreman-graphs')).toBe('web1.example.com');
    expect(await webadmin.charts('foreman-graphs', 2)).toBe(2);
    expect(webadmin.complaints).toEqual([]);
  });

  it('finds the host of a VM by its uuid, though another host has its name, and by any name, whatever its case', async () => {
    const hostsByVm = {
      [id(2)]: 'db1.example.com',
      [id(3)]: 'identified.example.com',
      ...Object.fromEntries(hostileNames.map((name, index) => [id(50 + index), name])),
    };
    for (const [vm, host] of Object.entries(hostsByVm)) {
      await webadmin.select(vm);
      await webadmin.open('foreman-details');
      await webadmin.frame('foreman-details').getByRole('heading', { name: host, exact: true }).first().waitFor();
      expect(await webadmin.heading('foreman-details')).toBe(host);
    }
  });

  it.each([
    ['of no host', id(4)],
    ['whose name would find others if it were not quoted', id(5)],
  ])('hides the sub-tabs for a VM %s, or says so in them', async (_, vm) => {
    await webadmin.select(id(1));
    await webadmin.shown('foreman-details');
    await webadmin.select(vm);
    await withoutHost('No host of this VM reports here');
    expect(webadmin.complaints).toEqual([]);
  });

  it('shows nothing of one VM while several are selected', async () => {
    await webadmin.select(id(1));
    await webadmin.shown('foreman-details');
    await webadmin.selectAll([id(1), id(2)]);
    await webadmin.hidden('foreman-details');
    await webadmin.hidden('foreman-graphs');
    expect(webadmin.complaints).toEqual([]);
  });

  it('shows only the last of ten fast selections, however late the answers to the others come', async () => {
    const answered: Promise<void>[] = [];
    await webadmin.page.route('**/foreman/hosts?*', (route) => {
      const late = new Promise((resolve) => setTimeout(resolve, 1100 - answered.length * 100));
      answered.push(late.then(() => route.continue().catch(() => undefined)));
    });
    await webadmin.toGrid();
    await webadmin.selectInOneGo(fleet.map((vm) => vm.id));
    await webadmin.shown('foreman-details');
    await webadmin.goTo('foreman-details');
    await webadmin.frame('foreman-details').getByRole('heading', { name: 'fleet9.example.com' }).waitFor();
    await Promise.all(answered);
    expect(await webadmin.heading('foreman-details')).toBe('fleet9.example.com');
    expect(webadmin.complaints).toEqual([]);
  });

  it('says so when the engine session has ended, and works again after the next login', async () => {
    const passTime = movableClock(stage.app);
    await webadmin.open('foreman-dashboard');
    stage.engine.control.revoke(engineSession?.secret ?? '');
    passTime(30_000);
    await webadmin.select(id(1));
    const dashboard = await webadmin.open('foreman-dashboard');
    await dashboard.getByRole('button').first().waitFor();
    expect(await webadmin.heading('foreman-dashboard')).toBe('Foreman did not sign you in');
    await webadmin.select(id(1));
    await withoutHost('Foreman did not sign you in');

    await webadmin.page.goto(stage.url);
    await webadmin.signIn();
    await webadmin.shown('foreman-dashboard');
    await webadmin.select(id(1));
    await webadmin.open('foreman-details');
    expect(await webadmin.heading('foreman-details')).toBe('web1.example.com');
  });

  it('hides the sub-tabs while the service is down, or says so in them, and tells the log once', async () => {
    const warnings: string[] = [];
    webadmin.page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    await webadmin.page.route('**/foreman/hosts?*', (route) => route.fulfill({ status: 503, body: 'down' }));
    for (const vm of fleet.slice(0, 5)) {
      const refused = webadmin.page.waitForResponse((response) => response.status() === 503);
      await webadmin.select(vm.id);
      await refused;
    }
    await withoutHost('The Foreman service does not answer');
    expect(warnings).toHaveLength(1);
    await webadmin.page.unroute('**/foreman/hosts?*');
    await webadmin.select(id(1));
    await webadmin.shown('foreman-details');
  });

  it('leaves no session behind after the logout at webadmin', async () => {
    const passTime = movableClock(stage.app);
    expect(await webadmin.statusOf('/foreman/hosts?format=json')).toBe(200);
    await webadmin.signOut();
    passTime(30_000);
    expect(await webadmin.statusOf('/foreman/hosts?format=json')).toBe(401);
  });

  more?.(() => ({ stage, webadmin }));
}
