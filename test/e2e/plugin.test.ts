import type { Browser } from 'playwright-core';
import type { WebadminVersion } from '../../tools/engine-simulator/webadmin/personality';
import { openBrowser } from '../support/browser';
import { KNOWN, pluginScenario, scenarioFleet } from './support/plugin-scenario';
import { WebadminStage } from './support/webadmin-stage';

jest.setTimeout(90_000);

describe.each<WebadminVersion>(['3.2', '4.5'])('UI plugin in webadmin %s', (version) => {
  pluginScenario((browser) => WebadminStage.set(browser, version, scenarioFleet));
});

describe('UI plugin in webadmin', () => {
  let browser: Browser;
  beforeAll(async () => (browser = await openBrowser()));
  afterAll(() => browser.close());

  it.each<WebadminVersion>(['3.3', '3.4', '3.5', '3.6', '4.0', '4.1', '4.2', '4.3', '4.4'])(
    '%s shows the dashboard and a VM’s sub-tabs',
    async (version) => {
      const { vms, hosts } = scenarioFleet;
      const stage = await WebadminStage.set(browser, version, { vms, hosts: hosts.slice(0, 2) });
      const webadmin = await stage.open();
      await webadmin.signIn();
      await webadmin.open('foreman-dashboard');
      expect(await webadmin.charts('foreman-dashboard', 2)).toBe(2);
      await webadmin.select(KNOWN.vm);
      await webadmin.open('foreman-graphs');
      expect(await webadmin.heading('foreman-graphs')).toBe(KNOWN.host);
      expect(await webadmin.charts('foreman-graphs', 2)).toBe(2);
      expect(webadmin.complaints).toEqual([]);
      await webadmin.close();
      await stage.close();
    },
  );
});
