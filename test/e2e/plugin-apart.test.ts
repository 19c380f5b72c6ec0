import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser';
import type { WebadminPage } from './support/webadmin-page';
import { TWO_SITES, WebadminStage } from './support/webadmin-stage';

jest.setTimeout(90_000);

const WEB1 = '6f1d2c3b-4a59-4687-9c0d-000000000001';
const DB1 = '6f1d2c3b-4a59-4687-9c0d-000000000002';
const fleet = {
  vms: [
    { id: WEB1, name: 'web1' },
    { id: DB1, name: 'DB1.example.com' },
  ],
  hosts: [{ name: 'web1.example.com', uuid: WEB1 }, { name: 'db1.example.com' }],
};

describe.each(['4.1', '4.5'] as const)('UI plugin in webadmin %s, the service on another site', (version) => {
  let browser: Browser;
  let stage: WebadminStage;
  let webadmin: WebadminPage;
  beforeAll(async () => {
    browser = await openBrowser([...TWO_SITES, '--test-third-party-cookie-phaseout']);
    stage = await WebadminStage.setApart(browser, version, fleet);
  });
  afterAll(async () => {
    await stage?.close();
    await browser?.close();
  });
  beforeEach(async () => {
    webadmin = await stage.open();
    await webadmin.signIn();
    await webadmin.shown('foreman-dashboard');
  });
  afterEach(() => webadmin.close());

  it("signs in with a cookie that is kept for webadmin's site alone, and shows the dashboard", async () => {
    const dashboard = await webadmin.open('foreman-dashboard');
    await dashboard.getByText('Changed without error').waitFor();
    expect(await webadmin.charts('foreman-dashboard', 2)).toBe(2);
    const cookies = await webadmin.page.context().cookies();
    expect(cookies.filter(({ name }) => name === 'foreman_ovirt_session')).toEqual([
      expect.objectContaining({
        domain: 'foreman.example',
        partitionKey: 'https://engine.test',
        secure: true,
        httpOnly: true,
        sameSite: 'None',
      }),
    ]);
    expect(webadmin.complaints).toEqual([]);
  });

  it.each([
    [WEB1, 'web1.example.com'],
    [DB1, 'db1.example.com'],
  ])('shows both sub-tabs of the VM %s', async (vm, host) => {
    await webadmin.select(vm);
    await webadmin.open('foreman-details');
    expect(await webadmin.heading('foreman-details')).toBe(host);
    await webadmin.open('foreman-graphs');
    expect(await webadmin.heading('foreman-graphs')).toBe(host);
    expect(await webadmin.charts('foreman-graphs', 2)).toBe(2);
    expect(webadmin.complaints).toEqual([]);
  });

  it('hides the sub-tabs for several VMs', async () => {
    await webadmin.select(WEB1);
    await webadmin.shown('foreman-details');
    await webadmin.selectAll([WEB1, DB1]);
    await webadmin.hidden('foreman-details');
    expect(webadmin.complaints).toEqual([]);
  });
});
