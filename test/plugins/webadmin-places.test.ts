import { versions } from '../../tools/engine-simulator/webadmin/personality';
import { settle, useCleanHosts, user } from './support/plugin-host';
import { apiOf, frameOf, inUse, load, tab, useConsole, vm } from './support/stand-in';

useCleanHosts();
useConsole();

describe.each(versions.filter((version) => version < '4.2'))('Places of webadmin %s', (version) => {
  it('lose their tab while they are inaccessible, and are left', async () => {
    const { webadmin, api } = await inUse(version);
    api.addMainTab?.('Tab', 'tab', 'about:blank#a');
    webadmin.reveal('tab');
    expect(frameOf('tab')?.getAttribute('src')).toBe('about:blank#a');
    api.setTabAccessible?.('tab', false);
    await settle();

    expect(webadmin.ui.main).toBe('vms');
    expect(frameOf('tab')).toBeNull();
    expect(tab('tab')).toBeNull();
  });
});

describe.each(versions.filter((version) => version >= '4.2'))('Places of webadmin %s', (version) => {
  const addDetail = version === '4.2' ? 'addSubTab' : 'addDetailPlace';
  const addMain = version === '4.2' ? 'addMainTab' : 'addPrimaryMenuPlace';
  const setAccessible = version === '4.2' ? 'setTabAccessible' : 'setPlaceAccessible';

  const withTab = async (handlers: object = {}): ReturnType<typeof inUse> =>
    inUse(version, {
      UiInit: () => {
        apiOf('p')[addMain]?.('Start', 'start', 'about:blank#start');
        apiOf('p')[addDetail]?.('VirtualMachine', 'Probe', 'probe', 'about:blank#probe');
      },
      ...handlers,
    });

  it('keep the sub-tab of an inaccessible one in view, which leads to the start page', async () => {
    const { webadmin, api } = await withTab();
    webadmin.reveal('vms-general;name=vm1');
    api[setAccessible]?.('probe', false);
    await settle();
    expect(webadmin.ui.detail).toBe('general');
    expect(tab('probe')).not.toBeNull();
    tab('probe')?.click();
    await settle();
    expect(window.location.hash).toBe('#start');
    api[setAccessible]?.('probe', true);
    await settle();
    webadmin.reveal('probe');

    expect(window.location.hash).toBe('#probe');
  });

  it('are left at once when they become inaccessible, for the start page', async () => {
    const { webadmin, api } = await withTab();
    webadmin.select([vm(1)]);
    webadmin.reveal('probe');
    expect(frameOf('probe')).not.toBeNull();
    api[setAccessible]?.('probe', false);
    await settle();

    expect(window.location.hash).toBe('#start');
    expect(frameOf('probe')).toBeNull();
  });

  it('are left, too, when a plugin takes its open sub-tab away from the next VM', async () => {
    const { webadmin } = await withTab({
      VirtualMachineSelectionChange: () => apiOf('p')[setAccessible]?.('probe', false),
    });
    webadmin.reveal('vms');
    webadmin.reveal('vms-general;name=vm1');
    webadmin.reveal('probe');
    webadmin.vms.step(1);
    expect(window.location.hash).toBe('#probe;name=vm2');
    await settle();

    expect(window.location.hash).toBe('#start');
  });

  it('of the menu stay accessible, whatever a plugin says', async () => {
    const { webadmin, api } = await withTab();
    webadmin.reveal('start');
    api[setAccessible]?.('start', false);
    await settle();
    expect([window.location.hash, frameOf('start')]).toEqual(['#start', expect.any(HTMLIFrameElement)]);
    webadmin.reveal('vms');
    tab('start')?.click();

    expect(window.location.hash).toBe('#start');
  });

  it('have a frame as long as they are open', async () => {
    const { webadmin } = await withTab();
    webadmin.reveal('start');
    const first = frameOf('start');
    webadmin.reveal('events');
    expect(frameOf('start')).toBeNull();
    webadmin.reveal('start');

    expect(frameOf('start')).not.toBe(first);
  });
});

describe('Places of webadmin 4.5', () => {
  it('change only when the event loop comes round', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addDetailPlace?.('VirtualMachine', 'Tab', 'tab', 'about:blank#a');
    api.setPlaceAccessible?.('tab', false);
    expect(webadmin.ui.place('tab')?.accessible).toBe(true);
    await settle();
    expect(webadmin.ui.place('tab')?.accessible).toBe(false);
  });

  it('reload an open frame when its URL is set, even to the same', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addPrimaryMenuPlace?.('Tab', 'tab', 'about:blank#a');
    webadmin.reveal('tab');
    const frame = frameOf('tab');
    const set = jest.spyOn(HTMLIFrameElement.prototype, 'src', 'set');
    api.setPlaceContentUrl?.('tab', 'about:blank#a');
    await settle();

    expect(set.mock.contexts).toEqual([frame]);
  });

  it('stand below the menu item that they name, and become the start page', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addSecondaryMenuPlace?.('compute', 'Below', 'below', 'about:blank#a');
    expect(tab('below')?.closest('.container-item')?.querySelector('button')?.textContent).toBe('Compute');
    webadmin.reveal('no-such-place');

    expect(webadmin.ui.main).toBe('below');
  });

  it('below an unknown menu item are reached by their address alone', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addSecondaryMenuPlace?.('nowhere', 'Lost', 'lost', 'about:blank#a');
    expect(tab('lost')).toBeNull();
    webadmin.reveal('no-such-place');

    expect(webadmin.ui.main).toBe('lost');
    expect(frameOf('lost')).not.toBeNull();
  });

  it('wait with an unknown address for a plugin that webadmin waits for', async () => {
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
