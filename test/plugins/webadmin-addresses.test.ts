import { decodeToken, encodeToken } from '../../tools/engine-simulator/webadmin/browser/history-token';
import { settle, useCleanHosts } from './support/plugin-host';
import { apiOf, frameOf, inUse, tab, useConsole, vm } from './support/stand-in';

useCleanHosts();
const lines = useConsole();

const moves = (): string[] => {
  const seen: string[] = [];
  window.addEventListener('hashchange', ({ newURL }) => seen.push(new URL(newURL).hash));
  return seen;
};
const clickVm = (id: string): void => document.querySelector<HTMLElement>(`[data-vm=${id}] a`)?.click();

/** Webadmin 4.5 with a plugin's sub-tab `probe` and its main place `start`, and the selection events. */
async function withProbe(address = ''): Promise<Awaited<ReturnType<typeof inUse>> & { events: unknown[] }> {
  const events: unknown[] = [];
  window.location.hash = address;
  const loaded = await inUse('4.5', {
    UiInit: () => {
      apiOf('p').addPrimaryMenuPlace?.('Start', 'start', 'about:blank#start');
      apiOf('p').addDetailPlace?.('VirtualMachine', 'Probe', 'probe', 'about:blank#probe');
    },
    VirtualMachineSelectionChange: (vms: { id: string }[]) => events.push(vms.map(({ id }) => id)),
  });
  return { ...loaded, events };
}

describe('History tokens', () => {
  it.each([
    ['größe', 'vms;name=gr%25C3%25B6%25C3%259Fe'],
    ['größe=1;x', 'vms;name=gr%25C3%25B6%25C3%259Fe%255C21%255C1x'],
    ['a/b\\c', 'vms;name=a%255C0b%255C%255Cc'],
    ['100% # +', 'vms;name=100%2525+%2523+%252B'],
  ])('encode %j twice, as recorded', (name, token) => {
    expect(encodeToken({ token: 'vms', parameters: { name } })).toBe(token);
    expect(decodeToken(token)).toEqual({ token: 'vms', parameters: { name } });
  });

  it.each(['vms-general;name=größe', 'vms-general;name=gr%C3%B6%C3%9Fe'])('are understood when typed: %s', (typed) => {
    expect(decodeToken(typed).parameters).toEqual({ name: 'größe' });
  });

  it('are taken as they are when they cannot be decoded', () => {
    expect(decodeToken('vms;name=%E4').parameters).toEqual({ name: '%E4' });
  });
});

describe('Addresses of webadmin 4.5', () => {
  it('first tell a VM’s id, then its name, as different entries only from the list', async () => {
    await withProbe('#vms');
    const seen = moves();
    const { length } = window.history;
    clickVm('id2');
    await settle();

    expect(seen).toEqual(['#vms-general;id=id2', '#vms-general;name=vm2']);
    expect(window.history.length).toBe(length + 1);
  });

  it('tell the event of an opened VM before they change, while the place has', async () => {
    const told: unknown[] = [];
    const { api } = await inUse('4.5', {
      VirtualMachineSelectionChange: () => told.push(window.location.hash, apiOf('p').currentPlace?.()),
    });
    window.location.hash = '#vms';
    await settle();
    clickVm('id1');
    await settle();
    clickVm('id1');

    expect(told).toEqual(['#vms', 'vms-general']);
    expect(api.currentPlace?.()).toBe('vms-general');
  });

  it('get the VM’s name a moment after a sub-tab is opened', async () => {
    await withProbe('#vms-general;name=vm1');
    const seen = moves();
    tab('snapshots')?.click();
    await settle();

    expect(seen).toEqual(['#vms-snapshots', '#vms-snapshots;name=vm1']);
  });

  it('have just the token of a plugin’s sub-tab, until another VM is chosen there', async () => {
    const { webadmin, events } = await withProbe('#vms');
    clickVm('id1');
    await settle();
    tab('probe')?.click();
    await settle();
    expect(window.location.hash).toBe('#probe');
    const frame = frameOf('probe');
    webadmin.vms.switchTo(vm(2));
    await settle();

    expect(window.location.hash).toBe('#probe;name=vm2');
    expect(frameOf('probe')).toBe(frame);
    expect(events).toEqual([['id1'], ['id2']]);
  });

  it('of a plugin’s sub-tab open it without any VM and without an event, its name unheeded', async () => {
    const { webadmin, events } = await withProbe('#probe;name=vm1');
    expect(frameOf('probe')).not.toBeNull();
    expect(webadmin.ui.vm).toBeUndefined();
    expect(window.location.hash).toBe('#probe;name=vm1');
    expect(events).toEqual([]);
  });

  it('of a plugin’s sub-tab leave the VM that is selected', async () => {
    const { webadmin, events } = await withProbe();
    webadmin.select([vm(3)]);
    window.location.hash = '#probe;name=vm1';
    await settle();

    expect(webadmin.ui.vm?.id).toBe('id3');
    expect(events).toEqual([['id3']]);
  });

  it('that name a VM open its page without an event', async () => {
    const { webadmin, events } = await withProbe('#vms-general;name=vm2');

    expect(webadmin.ui.vm?.id).toBe('id2');
    expect(document.querySelector('#detail')?.textContent).toContain('id2');
    expect(events).toEqual([]);
  });

  it.each(['#vms-general;name=nobody', '#vms-general'])('that name no VM lead to the list: %s', async (address) => {
    await withProbe(address);
    expect(window.location.hash).toBe('#vms');
  });

  it.each(['vms-probe;name=vm1', 'vms-probe', 'nonsense'])(
    'without a place lead to the start page: %s',
    async (address) => {
      await withProbe('#vms');
      window.location.hash = address;
      await settle();

      expect(window.location.hash).toBe('#start');
      const [token] = address.split(';');
      expect(lines).toContain(`Invalid place request - no presenter proxy mapped to '${token}'`);
    },
  );

  it('name the one selected VM of the list only after a VM’s page was open', async () => {
    const { webadmin } = await withProbe('#vms');
    webadmin.select([vm(1)]);
    expect(window.location.hash).toBe('#vms');
    webadmin.reveal('vms-general');
    await settle();
    webadmin.reveal('vms');
    webadmin.select([vm(2)]);

    expect(window.location.hash).toBe('#vms;name=vm2');
  });

  it('go back and forward with the browser', async () => {
    await withProbe('#vms');
    clickVm('id1');
    await settle();
    const back = new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
    window.history.back();
    await jest.advanceTimersByTimeAsync(100);
    await back;

    expect(window.location.hash).toBe('#vms');
    expect(document.querySelector('[data-vm]')).not.toBeNull();
  });
});

describe('Places of webadmin 4.5', () => {
  it('are revealed by their token alone: parameters make them invalid', async () => {
    const { api } = await withProbe();
    api.revealPlace?.('vms');
    await settle();
    expect([window.location.hash, api.currentPlace?.()]).toEqual(['#vms', 'vms']);
    api.revealPlace?.('vms-general;name=vm2');
    await settle();

    expect(window.location.hash).toBe('#start');
    expect(lines).toContain("Invalid place request - no presenter proxy mapped to 'vms-general%5C1name%5C2vm2'");
  });

  it('are told without parameters', async () => {
    const { api } = await withProbe('#vms-general;name=vm1');
    expect(api.currentPlace?.()).toBe('vms-general');
  });

  it('follow a search; a single row that it leaves is selected', async () => {
    const { api, webadmin, events } = await withProbe('#vms-general;name=vm1');
    const seen = moves();
    api.setSearchString?.('Vms: name=vm3');
    await settle();

    expect(events).toEqual([[], ['id3']]);
    expect(seen).toEqual(['#vms;search=+name%255C2vm3', '#vms;name=vm3']);
    expect(webadmin.vms.found.map(({ id }) => id)).toEqual(['id3']);
  });

  it('tell nothing when another VM is chosen on a page that was opened by its address', async () => {
    const { webadmin, events } = await withProbe('#vms-general;name=vm1');
    webadmin.vms.switchTo(vm(2));

    expect(events).toEqual([]);
    expect(window.location.hash).toBe('#vms-general;name=vm2');
  });
});
