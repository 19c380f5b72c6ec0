import { drawView } from '../../tools/engine-simulator/webadmin/browser/view';
import { Webadmin } from '../../tools/engine-simulator/webadmin/browser/webadmin';
import type { PageData, PluginDefinition } from '../../tools/engine-simulator/webadmin/page-data';
import { personalityOf, versions, type WebadminVersion } from '../../tools/engine-simulator/webadmin/personality';
import { settle, useCleanHosts, user } from './support/plugin-host';

useCleanHosts();

type Api = Record<string, ((...args: unknown[]) => unknown) | undefined>;
const definition: PluginDefinition = { name: 'p', url: 'about:blank', config: { a: 1 }, enabled: true, lazyLoad: true };
const vm = (n: number) => ({ id: `id${n}`, name: `vm${n}`, status: 'Up', ipaddress: '192.0.2.1' });

/**
 * The table of functions in the specification of webadmin's plugin API (PluginManager.java `exposePluginApi`), written
 * out from there and not from the stand-in's own: first version, and the last one where a function went again.
 */
const functionRanges: [string, string][] = [
  ['3.2', 'register ready configObject addMainTab addSubTab setTabContentUrl setTabAccessible'],
  ['3.2', 'addMainTabActionButton showDialog loginUserName loginUserId'],
  ['3.3', 'options addSubTabActionButton setDialogContentUrl closeDialog'],
  ['3.6', 'revealPlace setSearchString'],
  ['4.0', 'showAlert ssoToken engineBaseUrl currentLocale'],
  ['4.1', 'rootTag'],
  ['4.3', 'addPrimaryMenuPlace addPrimaryMenuContainer addSecondaryMenuPlace addDetailPlace'],
  ['4.3', 'setPlaceContentUrl setPlaceAccessible setPlaceUnloadHandler'],
  ['4.3', 'addMenuPlaceActionButton addDetailPlaceActionButton showToast'],
  ['4.4', 'currentPlace'],
  ['4.5', 'logger reportFatalError'],
];
const functionsOf = (version: WebadminVersion): string[] =>
  functionRanges.flatMap(([from, names]) => (version >= from ? names.split(' ') : []));

/** The same for events: first and last version. */
const eventRanges: Record<string, [string, string]> = {
  UserLogin: ['3.2', '4.5'],
  UserLogout: ['3.2', '3.4'],
  RestApiSessionAcquired: ['3.2', '3.6'],
  MessageReceived: ['3.3', '4.5'],
  SystemTreeSelectionChange: ['3.5', '4.1'],
  TagActivationChange: ['4.1', '4.5'],
  DetailItemSelectionChange: ['4.4', '4.5'],
};

function load(version: WebadminVersion, more: Partial<PluginDefinition> = {}): { webadmin: Webadmin; api: Api } {
  const data: PageData = {
    personality: personalityOf(version),
    pluginDefinitions: [{ ...definition, ...more }],
    vms: [vm(1), vm(2), vm(3)],
    locale: 'en_US',
  };
  document.body.innerHTML = [
    'who',
    'menu',
    'tree',
    'main',
    'main-frame',
    'detail-tabs',
    'detail',
    'detail-frame',
    'notices',
  ]
    .map((id) => `<div id="${id}"></div>`)
    .join('');
  const webadmin = new Webadmin(window, data);
  drawView(webadmin, data, () => webadmin.leave());
  webadmin.start();
  return { webadmin, api: (window.pluginApi?.('p') ?? {}) as unknown as Api };
}

async function inUse(version: WebadminVersion, handlers: object = {}): Promise<ReturnType<typeof load>> {
  const loaded = load(version);
  loaded.api.register?.(handlers);
  loaded.api.ready?.();
  loaded.webadmin.enter(user);
  await settle();
  return loaded;
}

describe.each(versions)('Webadmin stand-in %s', (version) => {
  it('takes a plugin through its states, calling UiInit once and UserLogin after it', async () => {
    const { webadmin, api } = load(version);
    const calls: unknown[] = [];
    expect(webadmin.plugins.stateOf('p')).toBe('LOADING');
    api.ready?.();
    expect(webadmin.plugins.stateOf('p')).toBe('LOADING');
    api.register?.({ UiInit: () => calls.push('UiInit'), UserLogin: (...args: unknown[]) => calls.push(args) });
    api.register?.({ UiInit: () => calls.push('second') });
    api.ready?.();
    expect(webadmin.plugins.stateOf('p')).toBe('READY');
    webadmin.enter(user);
    await settle();

    expect(webadmin.plugins.stateOf('p')).toBe('IN_USE');
    expect(calls).toEqual(['UiInit', [user.userName, user.userId]]);
  });

  it('offers the functions of its version and no others', () => {
    const { api } = load(version);

    expect(Object.keys(api).sort()).toEqual(functionsOf(version).sort());
  });

  it('fires the events of its version and no others', async () => {
    const fired: string[] = [];
    const handlers = Object.fromEntries(Object.keys(eventRanges).map((name) => [name, () => fired.push(name)]));
    const { webadmin, api } = await inUse(version, handlers);
    api.options?.({ allowedMessageOrigins: '*' });
    window.dispatchEvent(new MessageEvent('message', { data: 1, origin: 'https://a.example' }));
    document.querySelectorAll<HTMLButtonElement>('#tree button').forEach((button) => button.click());
    webadmin.activateTags(['web']);
    webadmin.selectItems([{ id: 'n', name: 'nic1' }]);
    webadmin.plugins.fire('SystemTreeSelectionChange', {});
    webadmin.leave();

    const expected = Object.entries(eventRanges).filter(([, [from, to]]) => version >= from && version <= to);
    expect([...new Set(fired)].sort()).toEqual(expected.map(([name]) => name).sort());
  });

  it('ignores calls that come before initialisation', () => {
    const { webadmin, api } = load(version);
    api.addMainTab?.('Early', 'early', 'about:blank');

    expect(webadmin.ui.place('early')).toBeUndefined();
    expect(api.configObject?.()).toEqual({ a: 1 });
  });

  it('puts a plugin whose handler throws out of service for good', async () => {
    let later = 0;
    const { webadmin, api } = await inUse(version, {
      VirtualMachineSelectionChange: () => {
        later += 1;
        throw new Error('broken');
      },
    });
    webadmin.select([vm(1)]);
    webadmin.select([vm(2)]);
    api.addMainTab?.('Late', 'late', 'about:blank');

    expect(webadmin.plugins.stateOf('p')).toBe('FAILED');
    expect(later).toBe(1);
    expect(webadmin.ui.place('late')).toBeUndefined();
    expect(document.querySelector('body > iframe')).toBeNull();
  });

  it('hands the selection over as this version does', async () => {
    const received: unknown[][] = [];
    const { webadmin } = await inUse(version, {
      VirtualMachineSelectionChange: (...args: unknown[]) => received.push(args),
    });
    webadmin.select([vm(1), vm(2)]);

    const first = { id: 'id1', name: 'vm1' };
    const entities = [expect.objectContaining(first), expect.objectContaining({ id: 'id2' })];
    expect(received).toEqual([version >= '4.4' ? [entities] : entities]);
  });

  it('gives REST credentials by an event up to 3.6 and by a function from 4.0 on', async () => {
    const sessions: unknown[] = [];
    const { api } = await inUse(version, { RestApiSessionAcquired: (id: unknown) => sessions.push(id) });

    const early = version.startsWith('3.');
    expect(sessions).toEqual(early ? [user.credential] : []);
    expect(api.ssoToken?.()).toBe(early ? undefined : user.credential);
  });

  it('delivers messages of allowed origins only', async () => {
    const received: unknown[] = [];
    const { api } = await inUse(version, { MessageReceived: (data: unknown) => received.push(data) });
    api.options?.({ allowedMessageOrigins: ['https://a.example'] });
    for (const origin of ['https://a.example', 'https://a.example:8443', 'https://b.example']) {
      window.dispatchEvent(new MessageEvent('message', { data: origin, origin }));
    }

    expect(received).toEqual(version === '3.2' ? [] : ['https://a.example']);
  });

  it('selects with a click, extends with ctrl and shift, and tells how many', async () => {
    const counts: number[] = [];
    const { webadmin } = await inUse(version, {
      VirtualMachineSelectionChange: (...args: unknown[]) =>
        counts.push(Array.isArray(args[0]) ? args[0].length : args.length),
    });
    webadmin.reveal('vms');
    const click = (n: number, keys: MouseEventInit = {}): unknown =>
      document.querySelector(`[data-vm=id${n}]`)?.dispatchEvent(new MouseEvent('click', { bubbles: true, ...keys }));
    click(1);
    click(2, { ctrlKey: true });
    click(2, { ctrlKey: true });
    click(3, { shiftKey: true });

    expect(counts).toEqual([1, 2, 1, 3]);
  });

  it('shows action buttons, asks them for their state, and survives one that throws', async () => {
    const { webadmin, api } = await inUse(version);
    const clicked: unknown[] = [];
    api.addMainTabActionButton?.('VirtualMachine', 'Create container VM', {
      onClick: (...args: unknown[]) => clicked.push(args),
      isEnabled: (...args: unknown[]) => (Array.isArray(args[0]) ? args[0] : args).length === 1,
    });
    webadmin.reveal('vms');
    const button = (): HTMLButtonElement | undefined =>
      [...document.querySelectorAll('button')].find((found) => found.textContent === 'Create container VM');
    expect(button()?.disabled).toBe(true);
    webadmin.select([vm(1)]);
    button()?.click();
    const asArray = version >= '4.4';
    const entity: unknown = expect.objectContaining({ id: 'id1' });
    expect(clicked).toEqual([asArray ? [[entity], undefined] : [entity]]);

    api.addMainTabActionButton?.('VirtualMachine', 'Broken', {
      isEnabled: () => {
        throw new Error('broken');
      },
    });
    expect(webadmin.plugins.stateOf('p')).toBe('FAILED');
  });
});

describe('Webadmin stand-in', () => {
  it.each([
    ['4.3', [{ id: 'id1-nic1', name: 'nic1' }]],
    ['4.5', [[{ id: 'id1-nic1', name: 'nic1' }], expect.objectContaining({ id: 'id1', name: 'vm1' })]],
  ] as const)(
    'tells a sub-tab’s button in %s what is selected there, and whose sub-tab it is',
    async (version, told) => {
      const { webadmin, api } = await inUse(version);
      const clicked: unknown[] = [];
      const onClick = (...args: unknown[]) => clicked.push(args);
      api.addDetailPlaceActionButton?.('VirtualMachine', 'NetworkInterface', 'Trace', { onClick });
      webadmin.select([vm(1)]);
      webadmin.reveal('vms-network_interfaces;name=vm1');
      document.querySelector<HTMLElement>('[data-item]')?.click();
      [...document.querySelectorAll('button')].find((found) => found.textContent === 'Trace')?.click();

      expect(clicked).toEqual([told]);
    },
  );

  it('does not load a disabled plugin', () => {
    expect(load('4.5', { enabled: false }).webadmin.plugins.stateOf('p')).toBe('DEFINED');
  });

  it('shows a modal dialog with its page and buttons, and closes it', async () => {
    const { api } = await inUse('4.5');
    const pressed: unknown[] = [];
    const buttons = [{ label: 'OK', onClick: (...args: unknown[]) => pressed.push(args) }];
    api.showDialog?.('Create', 'd', 'about:blank#1', '640px', '480px', { buttons });
    expect(document.querySelector('[role=dialog] iframe')?.getAttribute('src')).toBe('about:blank#1');
    document.querySelector<HTMLButtonElement>('[role=dialog] footer button')?.click();
    expect(pressed).toEqual([[]]);

    api.closeDialog?.('d');
    await settle();
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });

  it('changes existing places only when the event loop comes round', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addPrimaryMenuPlace?.('Tab', 'tab', 'about:blank#a');
    api.setPlaceAccessible?.('tab', false);
    expect(webadmin.ui.place('tab')?.accessible).toBe(true);
    await settle();
    expect(webadmin.ui.place('tab')?.accessible).toBe(false);
  });

  it('leaves a place that becomes inaccessible while it is shown', async () => {
    const { webadmin, api } = await inUse('3.4');
    api.addMainTab?.('Tab', 'tab', 'about:blank#a');
    webadmin.reveal('tab');
    expect(document.querySelector('iframe[name=tab]')?.getAttribute('src')).toBe('about:blank#a');
    api.setTabAccessible?.('tab', false);
    await settle();

    expect(webadmin.ui.main).toBe('vms');
    expect(document.querySelector('iframe[name=tab]')).toBeNull();
  });

  it('stays on an open place of 4.5 that becomes inaccessible, without its tab', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addPrimaryMenuPlace?.('Tab', 'tab', 'about:blank#a');
    webadmin.reveal('tab');
    api.setPlaceAccessible?.('tab', false);
    await settle();

    expect(document.querySelector('[data-place=tab]')).toBeNull();
    expect(document.querySelector('iframe[name=tab]')).not.toBeNull();
  });

  it('reloads an open frame when its URL is set, even to the same', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addPrimaryMenuPlace?.('Tab', 'tab', 'about:blank#a');
    webadmin.reveal('tab');
    const frame = document.querySelector<HTMLIFrameElement>('iframe[name=tab]');
    const set = jest.spyOn(HTMLIFrameElement.prototype, 'src', 'set');
    api.setPlaceContentUrl?.('tab', 'about:blank#a');
    await settle();

    expect(set.mock.contexts).toEqual([frame]);
  });

  it('opens a VM’s own page from 4.2 on, at an address that names it', async () => {
    const { webadmin } = await inUse('4.5');
    webadmin.reveal('vms');
    document.querySelector<HTMLAnchorElement>('[data-vm=id2] a')?.click();

    expect(window.location.hash).toBe('#vms-general;name=vm2');
    expect(document.querySelector('#detail')?.textContent).toContain('id2');
  });

  it('makes a plugin’s main place the default from 4.2 on', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addPrimaryMenuPlace?.('Tab', 'tab', 'about:blank#a', { defaultPlace: false });
    webadmin.reveal('no-such-place');

    expect(webadmin.ui.main).toBe('tab');
  });

  it('waits with an unknown address for a plugin that asks for it', async () => {
    window.location.hash = '#tab';
    const { webadmin, api } = load('4.5', { lazyLoad: false });
    webadmin.enter(user);
    await settle();
    expect(window.location.hash).toBe('#tab');
    api.register?.({ UiInit: () => api.addPrimaryMenuPlace?.('Tab', 'tab', 'about:blank#a') });
    api.ready?.();
    await settle();

    expect(webadmin.ui.main).toBe('tab');
  });
});
