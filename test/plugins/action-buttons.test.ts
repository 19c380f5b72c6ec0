import type { ActionButton } from '../../ui-plugins/shared/src/action-buttons';
import type { NamedEntity } from '../../ui-plugins/shared/src/selection';
import type { PluginFrame } from '../../ui-plugins/shared/src/start-plugin';
import { versions, type WebadminVersion } from '../../tools/engine-simulator/webadmin/personality';
import { PluginHost, settle, useCleanHosts } from './support/plugin-host';
import { useConsole, vm } from './support/stand-in';

useCleanHosts();
const lines = useConsole();

const button = (label: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label);
const labels = (): (string | null)[] =>
  [...document.querySelectorAll('.actions > button')].map(({ textContent }) => textContent);

/** Webadmin’s list of VMs with a plugin that has this button. */
async function withButton(version: WebadminVersion, more: Partial<ActionButton>): Promise<PluginHost> {
  const beside = {
    manifest: { name: 'mine', title: 'Mine' },
    start: ({ webadmin }: PluginFrame) =>
      webadmin.register(
        {
          UiInit: () =>
            webadmin.addActionButton('VirtualMachine', { label: 'Mine', onClick: () => undefined, ...more }),
        },
        { origins: [], received: () => undefined },
      ),
  };
  const host = new PluginHost(version, { beside: [beside], vms: [vm(1), vm(2)], drawn: true });
  await host.signIn();
  host.webadmin.reveal('vms');
  await settle();
  return host;
}

describe.each(versions)('A plugin’s button in webadmin %s', (version) => {
  it('is told what is selected, by id and name', async () => {
    const clicked: NamedEntity[][] = [];
    const host = await withButton(version, { onClick: (selected) => clicked.push(selected) });
    button('Mine')?.click();
    await host.select(vm(1), vm(2));
    button('Mine')?.click();

    const [one, two] = [1, 2].map((n) => ({ id: `id${n}`, name: `vm${n}` }));
    expect(clicked).toEqual([[], [one, two]]);
  });

  it('goes and comes with its answers', async () => {
    const host = await withButton(version, {
      isAccessible: (selected) => selected.length > 0,
      isEnabled: (selected) => selected.length > 1,
    });
    expect(button('Mine')).toBeUndefined();
    await host.select(vm(1));
    expect(button('Mine')?.disabled).toBe(true);
    await host.select(vm(1), vm(2));

    expect(button('Mine')?.disabled).toBe(false);
  });

  it('is disabled where its function throws, which is logged once, and the plugin lives', async () => {
    const fail = (): never => {
      throw new Error('broken');
    };
    const host = await withButton(version, { isEnabled: fail, onClick: fail });
    await host.select(vm(1));

    expect(button('Mine')?.disabled).toBe(true);
    expect(host.webadmin.plugins.stateOf('mine')).toBe('IN_USE');
    expect(lines).toEqual(['Mine plugin: broken']);
  });
});

describe('The place of a plugin’s button', () => {
  it.each([
    ['4.5', 'Edit'],
    ['4.2', undefined],
  ] as const)('is its index in %s, before %s', async (version, next) => {
    await withButton(version, { index: 1 });

    expect(labels()[labels().indexOf('Mine') + 1]).toBe(next);
  });

  it('is the menu of further actions where it says so', async () => {
    await withButton('4.5', { moreMenu: true });

    expect(labels()).not.toContain('Mine');
    expect(button('Mine')).toBeDefined();
  });
});
