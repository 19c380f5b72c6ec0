import { useCleanHosts } from './support/plugin-host';
import { inUse, useConsole, vm, type Api } from './support/stand-in';

useCleanHosts();
const lines = useConsole();

describe('Buttons of webadmin', () => {
  it.each([
    ['4.3', [{ id: 'id1-nic1' }]],
    ['4.5', [[{ id: 'id1-nic1' }], expect.objectContaining({ id: 'id1', name: 'vm1' })]],
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
});

const buttonOf = (label: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label);
const entity = (n: number): object => ({
  id: `id${n}`,
  name: `vm${n}`,
  ipaddress: '192.0.2.1',
  status: 'Up',
  managed: true,
});

/** A button that notes how it is asked. */
function addAsked(api: Api, asked: unknown[]): void {
  const note =
    (name: string) =>
    (...args: unknown[]): void =>
      void asked.push([name, ...args]);
  const functions = { isAccessible: note('isAccessible'), isEnabled: note('isEnabled'), onClick: note('onClick') };
  api.addMenuPlaceActionButton?.('VirtualMachine', 'Asked', functions);
}
const thrice = (...args: unknown[]): unknown[] =>
  Array.from({ length: 3 }, () => [
    ['isAccessible', ...args],
    ['isEnabled', ...args],
  ]).flat();

describe('Buttons of webadmin 4.2', () => {
  it('stand at the end, whatever they ask for', async () => {
    const { webadmin, api } = await inUse('4.2');
    api.addMainTabActionButton?.('VirtualMachine', 'Mine', { index: 1, moreMenu: true });
    webadmin.reveal('vms');

    expect(buttonOf('Mine')).toBe([...document.querySelectorAll('.actions > button')].at(-1));
  });
});

describe('Buttons of webadmin 4.5', () => {
  it('are asked three times at each change, with an entity without id in lists', async () => {
    const asked: unknown[] = [];
    const { webadmin, api } = await inUse('4.5');
    addAsked(api, asked);
    expect(asked).toEqual([]);
    webadmin.reveal('vms');
    expect(asked.splice(0)).toEqual(thrice([], { id: '' }));
    webadmin.select([vm(1), vm(2)]);
    expect(asked.splice(0)).toEqual(thrice([entity(1), entity(2)], { id: '' }));
    buttonOf('Asked')?.click();

    expect(asked).toEqual([['onClick', [entity(1), entity(2)], { id: '' }]]);
  });

  it('are asked every few seconds since their list was open, wherever webadmin is', async () => {
    const asked: unknown[] = [];
    const { webadmin, api } = await inUse('4.5');
    addAsked(api, asked);
    jest.advanceTimersByTime(30_000);
    expect(asked).toEqual([]);
    webadmin.reveal('vms');
    webadmin.reveal('events');
    asked.length = 0;
    jest.advanceTimersByTime(10_000);

    expect(asked).toEqual(thrice([], { id: '' }));
  });

  it('change with their answers', async () => {
    const { webadmin, api } = await inUse('4.5');
    let answers = { accessible: true, enabled: false };
    const functions = { isAccessible: () => answers.accessible, isEnabled: () => answers.enabled };
    api.addMenuPlaceActionButton?.('VirtualMachine', 'Mine', functions);
    webadmin.reveal('vms');
    expect(buttonOf('Mine')?.disabled).toBe(true);
    answers = { accessible: false, enabled: true };
    jest.advanceTimersByTime(10_000);

    expect(buttonOf('Mine')).toBeUndefined();
  });

  it('that throw are logged and count as enabled; the plugin lives', async () => {
    const { webadmin, api } = await inUse('4.5');
    const isEnabled = (): never => {
      throw new Error('broken');
    };
    api.addMenuPlaceActionButton?.('VirtualMachine', 'Broken', { isEnabled, onClick: isEnabled });
    webadmin.reveal('vms');
    buttonOf('Broken')?.click();

    expect(buttonOf('Broken')?.disabled).toBe(false);
    expect(webadmin.plugins.stateOf('p')).toBe('IN_USE');
    expect(lines).toEqual(Array.from({ length: 4 }, () => 'Error while invoking function: Error: broken'));
  });

  it('stay when an event handler ends their plugin, whose frame goes', async () => {
    const asked: unknown[] = [];
    const { webadmin, api } = await inUse('4.5', {
      VirtualMachineSelectionChange: () => {
        throw new Error('broken');
      },
    });
    addAsked(api, asked);
    webadmin.reveal('vms');
    webadmin.select([vm(1)]);
    expect(webadmin.plugins.stateOf('p')).toBe('FAILED');
    expect(document.querySelector('body > iframe')).toBeNull();
    asked.length = 0;
    webadmin.select([vm(2)]);

    expect(buttonOf('Asked')).toBeDefined();
    expect(asked).toEqual(thrice([entity(2)], { id: '' }));
  });

  it('stand at their index, on a VM’s page, too', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addMenuPlaceActionButton?.('VirtualMachine', 'First', { index: 1 });
    api.addMenuPlaceActionButton?.('VirtualMachine', 'Last', {});
    const labels = (): (string | null)[] =>
      [...document.querySelectorAll('.actions button')].map(({ textContent }) => textContent);
    webadmin.reveal('vms');
    expect(labels()).toEqual([
      ...['New', 'First', 'Edit', 'Run', 'Suspend', 'Shutdown', 'Reboot', 'Console', 'Create Snapshot', 'Last'],
    ]);
    webadmin.reveal('vms-general;name=vm1');

    expect(labels().slice(0, 3)).toEqual(['Edit', 'First', 'Run']);
  });

  it('that ask for it stand in the menu of further actions', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addMenuPlaceActionButton?.('VirtualMachine', 'Further', { moreMenu: true });
    webadmin.reveal('vms');
    const menu = buttonOf('Further')?.parentElement;
    expect(menu?.hidden).toBe(true);
    document.querySelector<HTMLElement>('[aria-label="More Actions"]')?.click();

    expect(menu?.hidden).toBe(false);
  });

  it('of a sub-tab are not told whose it is before something is selected', async () => {
    const asked: unknown[] = [];
    const { webadmin, api } = await inUse('4.5');
    const isEnabled = (...args: unknown[]): void => void asked.push(args);
    api.addDetailPlaceActionButton?.('VirtualMachine', 'Permission', 'Mine', { isEnabled });
    webadmin.reveal('vms-permissions;name=vm1');
    expect(asked.splice(0)).toEqual([[[], { id: '' }]]);
    document.querySelector<HTMLElement>('[data-item]')?.click();

    expect(asked[0]).toEqual([[{ id: 'id1-permission1' }], entity(1)]);
  });
});
