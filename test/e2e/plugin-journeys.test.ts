import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser';
import type { Tab, WebadminPage } from './support/webadmin-page';
import { WebadminStage, type Fleet } from './support/webadmin-stage';

jest.setTimeout(90_000);

const id = (n: number): string => `6f1d2c3b-4a59-4687-9c0d-00000000000${n}`;
const RENAMED = { id: id(1), name: 'renamed-since' };
const HOSTLESS = { id: id(2), name: 'nobody' };
const ODD = { id: id(3), name: 'größe=1;x' };
const fleet: Fleet = {
  vms: [RENAMED, HOSTLESS, ODD],
  hosts: [
    { name: 'web1.example.com', uuid: RENAMED.id },
    { name: 'size.example.com', uuid: ODD.id },
  ],
};
const NO_HOST = 'No host of this VM reports here';

/** What a person does in webadmin 4.5, whose places a plugin neither hides nor finds again by itself. */
describe('A way through webadmin 4.5', () => {
  let browser: Browser;
  let stage: WebadminStage;
  let webadmin: WebadminPage;
  beforeAll(async () => {
    browser = await openBrowser();
    stage = await WebadminStage.set(browser, '4.5', fleet);
  });
  afterAll(async () => {
    await stage.close();
    await browser.close();
  });
  beforeEach(async () => {
    webadmin = await stage.open();
    await webadmin.signIn();
    await webadmin.shown('foreman-dashboard');
  });
  afterEach(() => webadmin.close());

  const address = (): Promise<string> => webadmin.page.evaluate('window.location.hash');
  const reads = (token: Tab, heading: string): Promise<void> =>
    webadmin.frame(token).getByRole('heading', { name: heading, exact: true }).waitFor();
  const switchTo = async (vm: { id: string }): Promise<void> => {
    await webadmin.page.locator('.switcher > button').click();
    await webadmin.page.locator(`[data-switch="${vm.id}"]`).click();
  };

  it('opens with webadmin’s own start page', async () => {
    expect(await address()).toBe('#dashboard');
  });

  it('stays on the list when that is loaded again, though the dashboard was open before', async () => {
    await webadmin.open('foreman-dashboard');
    await webadmin.toGrid();
    await webadmin.page.reload();
    await webadmin.shown('foreman-dashboard');
    await webadmin.row(RENAMED.id).waitFor();
    expect(await address()).toMatch(/^#vms/);
  });

  it('comes back to the dashboard and to the VM of a sub-tab when they are loaded again', async () => {
    await webadmin.open('foreman-dashboard');
    await webadmin.page.reload();
    await reads('foreman-dashboard', 'Configuration status');

    await webadmin.select(ODD.id);
    await webadmin.open('foreman-graphs');
    await reads('foreman-graphs', 'size.example.com');
    await webadmin.page.reload();
    await reads('foreman-graphs', 'size.example.com');
    await webadmin.select(RENAMED.id);
    expect(await address()).toContain('vms-general');
  });

  it('goes from VM to VM by breadcrumb and keys with the sub-tab open, whatever their names and hosts', async () => {
    await webadmin.select(RENAMED.id);
    await webadmin.open('foreman-details');
    await reads('foreman-details', 'web1.example.com');
    await switchTo(HOSTLESS);
    await reads('foreman-details', NO_HOST);
    await switchTo(ODD);
    await reads('foreman-details', 'size.example.com');
    await webadmin.page.locator('.crumb .name').click();
    await webadmin.page.keyboard.press('ArrowUp');
    await reads('foreman-details', NO_HOST);
    await webadmin.page.keyboard.press('ArrowUp');
    await reads('foreman-details', 'web1.example.com');
    expect(webadmin.complaints).toEqual([]);
  });

  it('goes back and forward', async () => {
    await webadmin.select(RENAMED.id);
    await webadmin.open('foreman-details');
    await reads('foreman-details', 'web1.example.com');
    await webadmin.open('foreman-dashboard');
    await reads('foreman-dashboard', 'Configuration status');
    await webadmin.page.goBack();
    await reads('foreman-details', 'web1.example.com');
    await webadmin.page.goForward();
    await reads('foreman-dashboard', 'Configuration status');
    expect(webadmin.complaints).toEqual([]);
  });

  it('says why while the service is down, at load and while open, and comes back at "Try again"', async () => {
    const down = (): Promise<unknown> =>
      webadmin.page.route('**/foreman/**', (route) =>
        route.request().url().includes('/plugin/')
          ? route.continue()
          : route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>Service Unavailable</h1>' }),
      );
    await down();
    await webadmin.open('foreman-dashboard');
    await reads('foreman-dashboard', 'The Foreman service does not answer');
    await webadmin.page.reload();
    await reads('foreman-dashboard', 'The Foreman service does not answer');

    await webadmin.page.unrouteAll();
    await webadmin.frame('foreman-dashboard').getByRole('button', { name: 'Try again' }).click();
    await reads('foreman-dashboard', 'Configuration status');
    expect(await address()).toBe('#foreman-dashboard');
  });

  it('takes the next person who signs in nowhere', async () => {
    await webadmin.select(RENAMED.id);
    await webadmin.open('foreman-details');
    await reads('foreman-details', 'web1.example.com');
    await webadmin.signOut();
    await webadmin.page.goto(stage.url);
    await webadmin.signIn('mara@corp', 'mara-password');
    await webadmin.shown('foreman-dashboard');
    expect(await address()).toBe('#dashboard');
    await webadmin.goTo('foreman-details');
    await reads('foreman-details', 'Which virtual machine?');
    await webadmin.frame('foreman-details').getByRole('link', { name: 'Virtual Machines' }).click();
    await webadmin.row(RENAMED.id).waitFor();
  });
});
