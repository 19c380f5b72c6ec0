import type { WebadminVersion } from '../../tools/engine-simulator/webadmin/personality';
import { pluginScenario, scenarioFleet } from './support/plugin-scenario';
import { TWO_SITES, WebadminStage } from './support/webadmin-stage';

jest.setTimeout(90_000);

/** As browsers are to be: cookies of other sites only where they are kept for the site of the page alone. */
const browserArguments = [...TWO_SITES, '--test-third-party-cookie-phaseout'];

describe.each<WebadminVersion>(['3.2', '4.5'])('UI plugin in webadmin %s, the service on another site', (version) => {
  pluginScenario((browser) => WebadminStage.setApart(browser, version, scenarioFleet), {
    browserArguments,
    more: (webadmin) => {
      it("keeps the session's cookie for webadmin's site alone", async () => {
        const cookies = await webadmin().page.context().cookies();
        expect(cookies.filter(({ name }) => name === 'foreman_ovirt_session')).toEqual([
          expect.objectContaining({
            domain: 'foreman.example',
            partitionKey: 'https://engine.test',
            secure: true,
            httpOnly: true,
            sameSite: 'None',
          }),
        ]);
      });
    },
  });
});
