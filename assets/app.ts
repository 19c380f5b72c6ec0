import { testConnections } from './admin-connection';
import { drawCharts, redrawCharts, switchTables } from './charts';
import { loadOnce } from './load-once';
import { refreshItself } from './refresh';
import { menus } from './menus';
import { searchBoxes } from './search-box';
import { openTargets } from './open-targets';
import { keepSkin } from './skin';
import { tabs } from './tabs';
import { tellPlugin } from './tell-plugin';
import { keepTimesLocal } from './times';

keepTimesLocal();
keepSkin();
tabs();
switchTables();
testConnections();
document.querySelectorAll<HTMLElement>('[data-load-now]').forEach(loadOnce);
menus();
openTargets();
searchBoxes();
tellPlugin(document.querySelector('[data-signed-out]') ? 'signed-out' : 'arrived');

const refreshed = document.querySelector<HTMLElement>('[data-refresh-seconds]');
if (refreshed) refreshItself(refreshed, Number(refreshed.dataset['refreshSeconds']) * 1000);

// Canvas text is never drawn again by itself: wait for the font, so that no chart flashes in another one.
void document.fonts.ready.then(() => {
  drawCharts(document.body);
  redrawCharts();
});
