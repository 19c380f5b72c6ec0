import { userKnownAfterMs } from '../../tools/engine-simulator/webadmin/browser/webadmin';
import type { ListRow, WebadminVm } from '../../tools/engine-simulator/webadmin/webadmin-engine';
import { useCleanHosts } from './support/plugin-host';
import { PluginPages, post } from './support/plugin-pages';
import { ProbePlugins } from './support/probe-plugins';
import { distinctAsked, outcome, readRecording, type Outcome } from './support/recording';
import { apiOf, definitionOf, load, tab, useConsole } from './support/stand-in';

useCleanHosts();
const lines = useConsole();

const ids = {
  app01: '3461170d-9659-4408-830b-e0e94dd2abd0',
  db01: '6c1afb1e-b5b5-46fb-ae0a-98387c922cf4',
  web01: '01bff7e8-4de7-4a64-98db-b8bb82f97c18',
  web02: '28a5e0cb-8003-4901-bfe1-6c4cc27341e2',
};
const vms: WebadminVm[] = Object.entries(ids).map(([name, id]) => ({ id, name, status: 'Down', ipaddress: '' }));
const rows = (name: string): Record<string, ListRow[]> => {
  const told = readRecording(name).steps.flatMap(({ events = [] }) => events);
  const of = (type: string): ListRow[] =>
    (told.find(({ event }) => event === `${type}SelectionChange`)?.args[0] as ListRow[] | undefined) ?? [];
  return { templates: of('Template'), dataCenters: of('DataCenter'), users: of('User'), events: of('Event') };
};
const signedIn = {
  userName: 'admin@internal-authz',
  userId: '2a7145ba-ed24-11f1-bf2b-02fc00000001',
  credential: 'x'.repeat(86),
};

const click = (selector: string, keys: MouseEventInit = {}): unknown =>
  document
    .querySelector(selector)
    ?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...keys }));
const clickRow = (id: string, keys?: MouseEventInit): unknown => click(`[data-vm="${id}"] td:last-child`, keys);
const clickTab = (token: string) => () => tab(token)?.click();
const clickButton = (label: string): void =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label)?.click();
const goTo = (address: string) => () => void (window.location.hash = address);
const type = (text: string): void => {
  const input = document.querySelector<HTMLInputElement>('input[aria-label=Search]');
  if (input) input.value = text;
  input?.dispatchEvent(new Event('change'));
};
const subTab = 'probe-tab-virtualmachine';
const setAccessible = (token: string, accessible: boolean) => () =>
  apiOf('probe').setPlaceAccessible?.(token, accessible);

type Action = (pages: PluginPages) => unknown;
const waitMs = 2000;
const pause = (): Promise<void> => jest.advanceTimersByTimeAsync(waitMs);
const oneAfterTheOther =
  (...actions: (() => unknown)[]) =>
  async () => {
    for (const action of actions) {
      action();
      await pause();
    }
  };

const signIn: Action = async (pages) => {
  // The first page took 3 s in the recordings, webadmin being busy.
  pages.takesMs = 3500;
  await jest.advanceTimersByTimeAsync(userKnownAfterMs + 5000);
  pages.takesMs = 100;
};

/** What was done in each step of `list-buttons-dialog`. */
const listSteps: Record<string, Action> = {
  'sign in': signIn,
  'menu: Compute opened': () => undefined,
  'menu: Virtual Machines': clickTab('vms'),
  'select web01 in the list': oneAfterTheOther(
    () => type('name=web01 or name=web02 or name=app01 or name=db01'),
    () => clickRow(ids.web01),
  ),
  'ctrl+click web02: two selected': () => clickRow(ids.web02, { ctrlKey: true }),
  'ctrl+click both: none selected': oneAfterTheOther(
    () => clickRow(ids.web02, { ctrlKey: true }),
    () => clickRow(ids.web01, { ctrlKey: true }),
  ),
  'click the button Create Container VM': () => clickButton('Create Container VM'),
  'dialog: Launch': () => clickButton('Launch'),
  'dialog: Other page (setDialogContentUrl)': () => clickButton('Other page'),
  'dialog: toast by message from the page': () => post({ toast: 'success', text: 'Container VM is being created' }),
  // A key in the frame is not webadmin's: its document hears nothing.
  'dialog: Escape while the focus is in the frame': () => undefined,
  'dialog: Escape while the focus is on webadmin': () =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  'dialog opened again, closed by its message': oneAfterTheOther(
    () => clickButton('Create Container VM'),
    () => post('close-me'),
  ),
  'dialog opened again, close icon': () => clickButton('Create Container VM'),
};

/** What was done in each step of `places-and-events`. */
const placeSteps: Record<string, Action> = {
  'sign in': signIn,
  'VMs by address': goTo('vms'),
  'open web01 by its link': () => click(`[data-vm="${ids.app01}"] a`),
  'sub-tab Network Interfaces': clickTab('network_interfaces'),
  'sub-tab Disks': () => click('#detail-tabs [data-place=disks]'),
  'sub-tab Snapshots': clickTab('snapshots'),
  'sub-tab Permissions: select a row': oneAfterTheOther(clickTab('permissions'), () => click('[data-item]')),
  'sub-tab of the plugin': clickTab(subTab),
  'setPlaceContentUrl of the open sub-tab, same URL': () =>
    apiOf('probe').setPlaceContentUrl?.(subTab, 'about:blank?VirtualMachine'),
  'setPlaceContentUrl of the open sub-tab, other URL': () =>
    apiOf('probe').setPlaceContentUrl?.(subTab, 'about:blank?changed'),
  'setPlaceAccessible(false) of a sub-tab that is not open': oneAfterTheOther(
    clickTab('general'),
    setAccessible(subTab, false),
  ),
  '… and a click on it': clickTab(subTab),
  'setPlaceAccessible(true) again, opened through the address without a VM': oneAfterTheOther(
    setAccessible(subTab, true),
    goTo(subTab),
  ),
  '… with a name': goTo(`${subTab};name=web01`),
  'open sub-tab made inaccessible': oneAfterTheOther(
    goTo('vms'),
    () => click(`[data-vm="${ids.app01}"] a`),
    clickTab(subTab),
    setAccessible(subTab, false),
  ),
  'setPlaceAccessible(false) of a menu place, its item and its address': oneAfterTheOther(
    setAccessible('probe-place', false),
    goTo('probe-place'),
  ),
  'leave the menu place (unload handler)': clickTab('templates'),
  'Templates: select Blank': () => click('[data-row]'),
  Hosts: clickTab('hosts'),
  Disks: clickTab('disks'),
  'Clusters: select one': clickTab('clusters'),
  'Data centers: select one': oneAfterTheOther(clickTab('dataCenters'), () => click('[data-row]')),
  'Users: select admin': oneAfterTheOther(clickTab('users'), () => click('[data-row]')),
  'Events: select one': oneAfterTheOther(clickTab('events'), () => click('[data-row]')),
  'second menu place': clickTab('probe-second'),
  'lazy place': clickTab('probe-lazy'),
  'revealPlace with parameters': () => apiOf('probe').revealPlace?.('vms-general;name=web02'),
  'revealPlace vms': () => apiOf('probe').revealPlace?.('vms'),
  setSearchString: () => apiOf('probe').setSearchString?.('Vms: name=db01'),
  'the thrower is out of service? select a VM': () => clickRow(ids.db01),
  'button that throws: click': () => clickButton('Throws when asked'),
};

/** Steps whose addresses cannot agree, and why. */
const otherAddresses: Record<string, string> = {
  Hosts: 'the one before is that of the template’s page',
  Disks: 'webadmin adds an empty search of disks',
  'Data centers: select one': 'the one before is that of the cluster’s page',
};
/** Steps that are not compared, and why. */
const notCompared: Record<string, string> = {
  'Templates: open Blank, plugin tab': 'only virtual machines have pages in the stand-in',
  'Clusters: select one': 'a cluster’s page was opened, likewise',
  'dialog opened again, close icon (step failed)': 'failed in the recorder, done again next',
  'menu item in view': 'a look at the page, not a step',
  toasts: 'no event; their looks have tests of their own',
  'toasts 9 s later': 'likewise',
  alerts: 'likewise',
  'state at the end': 'what functions return, which have tests of their own',
  F5: 'jsdom cannot load the page anew',
  'log before the sign-out is lost with the page': 'no step',
  'sign out': 'a navigation, which jsdom cannot do',
};

interface Compared {
  step: string;
  is: object;
  was: object;
}

/** Plays the steps of a recording: what each comes to, beside what it came to. */
async function replay(name: string, steps: Record<string, Action>): Promise<Compared[]> {
  await pause();
  const plugins = new ProbePlugins();
  const pages = new PluginPages(plugins);
  const pluginDefinitions = ['thrower', 'lazyone', 'probe'].map(definitionOf);
  load('4.5', {}, { pluginDefinitions, vms, lists: rows(name), user: signedIn });
  pages.watch();
  const hash = (url: string): string => new URL(url).hash;
  window.addEventListener('hashchange', ({ oldURL, newURL }) =>
    plugins.note('probe', '(hashchange)', [hash(oldURL), hash(newURL)]),
  );
  plugins.run();
  const compared: Compared[] = [];
  for (const recorded of readRecording(name).steps) {
    const { step, events = [], address = '' } = recorded;
    await steps[step]?.(pages);
    await pause();
    const is = part(step, outcome(plugins.events.splice(0), window.location.hash));
    // The buttons of all lists are asked again.
    await jest.advanceTimersByTimeAsync(10_000);
    const notAsked = missing(distinctAsked(events), distinctAsked(plugins.asked.splice(0)));
    if (step in notCompared) continue;
    compared.push({ step, is: { ...is, notAsked }, was: { ...part(step, outcome(events, address)), notAsked: [] } });
  }
  pages.stop();
  return compared;
}

/** Without the addresses where those cannot agree. */
function part(step: string, all: Outcome): object {
  return step in otherAddresses ? { plugins: all.plugins } : all;
}

/**
 * Every call of a button that was recorded has to come with its arguments; how often, and in which step those of other
 * lists, depends on the engine's answers.
 */
function missing(recorded: string[], asked: string[]): string[] {
  return recorded.filter((call) => !/"(cluster|host|template|disk)\.is/.test(call) && !asked.includes(call));
}

const times = (text: string): number => lines.filter((line) => line.includes(text)).length;

/** As tests compare them: step by step. */
const sides = (compared: Compared[]): [object[], object[]] => [
  compared.map(({ step, is }) => ({ step, ...is })),
  compared.map(({ step, was }) => ({ step, ...was })),
];

describe('What was recorded in webadmin 4.5.7', () => {
  it('happens in the stand-in, too: list, buttons, dialog, messages', async () => {
    const [is, was] = sides(await replay('list-buttons-dialog', listSteps));
    expect(is).toEqual(was);
    expect(is).toHaveLength(14);
    expect(times('Plugin [thrower] rejected message event for origin')).toBe(23);
    expect(times('Error while invoking function: Error: isEnabled of thrower')).toBeGreaterThan(0);
  });

  it('happens in the stand-in, too: places and events', async () => {
    const [is, was] = sides(await replay('places-and-events', placeSteps));
    expect(is).toEqual(was);
    expect(is).toHaveLength(30);
    expect(times('Plugin [thrower] rejected message event for origin')).toBe(9);
    expect(times('Exception caught while invoking event handler function [TemplateSelectionChange]')).toBe(1);
    expect(times('Plugin [thrower] removed from service due to failure')).toBe(1);
    expect(times("Invalid place request - no presenter proxy mapped to 'vms-general%5C1name%5C2web02'")).toBe(1);
  });

  it.each([
    ['list-buttons-dialog', listSteps],
    ['places-and-events', placeSteps],
  ])('is replayed step by step, but for those that are named: %s', (name, steps) => {
    const left = readRecording(name)
      .steps.map(({ step }) => step)
      .filter((step) => !(step in steps) && !(step in notCompared));

    expect(left).toEqual([]);
  });
});
