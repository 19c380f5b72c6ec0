import { settle, useCleanHosts } from './support/plugin-host';
import { inUse, useConsole, vm } from './support/stand-in';

useCleanHosts();
useConsole();

describe('Buttons and dialogs of webadmin', () => {
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
});
