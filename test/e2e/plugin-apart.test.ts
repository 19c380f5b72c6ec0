import type { WebadminVersion } from '../../tools/engine-simulator/webadmin/personality';
import { pluginScenario, scenarioFleet } from './support/plugin-scenario';
import { FETCH_HOSTS, LOAD_HOSTS, runIn } from './support/reads-of-pages';
import { OWN_SITES, WebadminStage } from './support/webadmin-stage';

jest.setTimeout(90_000);

/** As browsers are to be: cookies of other sites only where they are kept for the site of the page alone. */
const browserArguments = [...OWN_SITES, '--test-third-party-cookie-phaseout'];

describe.each<WebadminVersion>(['3.2', '4.5'])('UI plugin in webadmin %s, the service on another site', (version) => {
  pluginScenario((browser) => WebadminStage.setApart(browser, version, scenarioFleet), {
    browserArguments,
    more: (now) => {
      it("keeps the session's cookie for webadmin's site alone", async () => {
        const cookies = await now().webadmin.page.context().cookies();
        expect(cookies.filter(({ name }) => name === '__Secure-foreman_ovirt_session')).toEqual([
          expect.objectContaining({
            domain: 'foreman.example',
            partitionKey: 'https://engine.test',
            secure: true,
            httpOnly: true,
            sameSite: 'None',
          }),
        ]);
      });

      it("lets webadmin's page read hosts by CORS and JSONP, and a page of a third site by neither", async () => {
        const { stage, webadmin } = now();
        const { page } = webadmin;
        const read = async () => [
          await runIn(page, FETCH_HOSTS, stage.foremanUrl),
          await runIn(page, LOAD_HOSTS, stage.foremanUrl),
        ];
        const names = scenarioFleet.hosts.map(({ name }) => name).sort();
        expect(await read()).toEqual([names, names]);
        await page.goto(stage.url.replace('engine.test', 'third.example'));
        expect(await read()).toEqual(['blocked', 'blocked']);
      });
    },
  });
});
