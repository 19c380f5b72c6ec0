import { versions, type WebadminVersion } from '../../tools/engine-simulator/webadmin/personality';
import { settle, useCleanHosts, user } from './support/plugin-host';
import { inUse, load, useConsole, vm } from './support/stand-in';

useCleanHosts();
useConsole();

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
    expect(webadmin.plugins.stateOf('p')).toBe(version < '4.2' ? 'READY' : 'IN_USE');
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
    webadmin.selectItems([{ id: 'n' }]);
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
    expect(clicked).toEqual([asArray ? [[entity], { id: '' }] : [entity]]);

    api.addMainTabActionButton?.('VirtualMachine', 'Broken', {
      isEnabled: () => {
        throw new Error('broken');
      },
    });
    expect(webadmin.plugins.stateOf('p')).toBe(version < '4.2' ? 'FAILED' : 'IN_USE');
  });
});
