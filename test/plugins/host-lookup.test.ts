import { PluginHost, settle, useCleanHosts, user } from './support/plugin-host';

useCleanHosts();

const id = (n: number): string => `a3f0c2d4-0000-4000-8000-00000000000${n}`;
const searches = (host: PluginHost): (string | null)[] =>
  host.service.to('/foreman/hosts').map((request) => request.search.get('search'));

async function signedIn(): Promise<PluginHost> {
  return new PluginHost('4.5').signIn();
}

describe('Host of the selected VM', () => {
  it.each([
    'a" or name ~ "',
    'and',
    'web server',
    '100%',
    'größe',
    'back\\slash',
    'a\\" or uuid="',
    'x;y',
    '../x',
    '#',
  ])('is found by the exact name %s, which stays one quoted value', async (name) => {
    const host = await signedIn();
    host.service.hosts = [
      { id: 1, name: 'aaa-first', uuid: null },
      { id: 2, name, uuid: null },
    ];
    await host.select({ id: id(1), name });

    expect(host.details).toBe(`/foreman/hosts/${encodeURIComponent(name)}/ovirt`);
  });

  it('is nobody for a hostile name that no host has', async () => {
    const host = await signedIn();
    host.service.hosts = [{ id: 1, name: 'aaa-first', uuid: null }];
    await host.select({ id: id(1), name: 'a" or name ~ "' });

    expect(searches(host)).toEqual([`uuid="${id(1)}" or name="a\\" or name ~ \\""`]);
    expect(host.details).toBe('notice: no-host');
  });

  it('is the one with the VM id where another host has the name', async () => {
    const host = await signedIn();
    host.service.hosts = [
      { id: 1, name: 'web1', uuid: id(9) },
      { id: 2, name: 'other.example.com', uuid: id(1).toUpperCase() },
    ];
    await host.select({ id: id(1), name: 'web1' });

    expect(host.details).toBe('/foreman/hosts/other.example.com/ovirt');
  });

  it('is found by name regardless of case, and never by a part of it', async () => {
    const host = await signedIn();
    host.service.hosts = [{ id: 1, name: 'web1', uuid: null }];
    await host.select({ id: id(1), name: 'WEB1' });
    expect(host.details).toBe('/foreman/hosts/web1/ovirt');

    host.service.hostsAnswer = [{ host: { id: 1, name: 'web1.example.com', uuid: null } }];
    await host.select({ id: id(2), name: 'web1' });
    expect(host.details).toBe('notice: no-host');
  });

  it('is nobody when several hosts have the name', async () => {
    const host = await signedIn();
    host.service.hosts = [
      { id: 1, name: 'web1', uuid: null },
      { id: 2, name: 'WEB1', uuid: null },
    ];
    await host.select({ id: id(1), name: 'web1' });

    expect(host.details).toBe('notice: no-host');
  });

  it('is that of the last of ten quick selections, and the other requests are aborted', async () => {
    const host = await signedIn();
    const vms = Array.from({ length: 10 }, (_, n) => ({ id: id(n), name: `vm${n}`, status: 'Up' }));
    host.service.hosts = vms.map((vm, n) => ({ id: n, name: `${vm.name}.example.com`, uuid: vm.id }));
    host.service.holding = true;
    const seen: string[] = [];
    host.webadmin.ui.onChange(() => host.details?.includes('example') && seen.push(host.details));
    for (const vm of vms) {
      host.webadmin.select([vm]);
      await jest.advanceTimersByTimeAsync(5);
    }
    const aborted = host.service.signals.map((signal) => signal?.aborted);
    host.service.release();
    await settle();

    expect(new Set(seen)).toEqual(new Set(['/foreman/hosts/vm9.example.com/ovirt']));
    expect(aborted).toEqual([...Array<boolean>(9).fill(true), false]);
  });

  it('leaves no other VM in view while its lookup takes long, and does not close the tab', async () => {
    const host = await signedIn();
    host.service.hosts = [{ id: 1, name: 'web1', uuid: null }];
    await host.select({ id: id(1), name: 'web1' });
    host.service.holding = true;
    host.webadmin.select([{ id: id(2), name: 'db1', status: 'Up' }]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(host.details).toBe('notice: waiting');

    host.service.release();
    await settle();
    expect(host.details).toBe('notice: no-host');
  });

  it('is asked for once in 30 seconds', async () => {
    const host = await signedIn();
    const vm = { id: id(1), name: 'web1' };
    host.service.hosts = [{ id: 1, name: 'web1', uuid: null }];
    await host.select(vm);
    await host.select();
    await jest.advanceTimersByTimeAsync(29_000);
    await host.select(vm);
    expect(searches(host)).toHaveLength(1);
    expect(host.details).toBe('/foreman/hosts/web1/ovirt');

    await jest.advanceTimersByTimeAsync(1_000);
    await host.select(vm);
    expect(searches(host)).toHaveLength(2);
  });

  it('is asked for again right after a failure, of which the log tells once', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = await signedIn();
    const vm = { id: id(1), name: 'web1' };
    host.service.hosts = [{ id: 1, name: 'web1', uuid: null }];
    await host.select(vm);
    await jest.advanceTimersByTimeAsync(30_000);
    host.service.down = true;
    await host.select(vm);
    await host.select(vm);
    expect(host.details).toBe('notice: down');
    expect(warn).toHaveBeenCalledTimes(1);

    host.service.down = false;
    await host.select(vm);
    expect(host.details).toBe('/foreman/hosts/web1/ovirt');
  });

  it('keeps the page in place when the same VM is selected again', async () => {
    const host = await signedIn();
    host.service.hosts = [{ id: 1, name: 'web1', uuid: null }];
    await host.select({ id: id(1), name: 'web1' });
    const loads = host.webadmin.ui.place('foreman-details')?.frame?.loads;
    await host.select({ id: id(1), name: 'web1' });

    expect(host.webadmin.ui.place('foreman-details')?.frame?.loads).toBe(loads);
  });

  it.each([
    ['no list', { hosts: [] }, 'failed'],
    ['rows of another kind', [{ node: 1 }, null, 7, { host: { id: 1 } }], 'no-host'],
  ])('is nobody when the answer holds %s', async (_, answer, kind) => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = await signedIn();
    host.service.hostsAnswer = answer;
    await host.select({ id: id(1), name: 'web1' });

    expect(host.details).toBe(`notice: ${kind}`);
    expect(host.webadmin.plugins.stateOf('foreman')).toBe('IN_USE');
  });

  it.each([[[null]], [[7, 'x']], [[{}]], [[{ id: 5, name: {} }]]])(
    'is not looked for when webadmin selects %j, and the plugin stays in use',
    async (selection) => {
      const host = await signedIn();
      host.webadmin.plugins.fire('VirtualMachineSelectionChange', selection);
      await settle();

      expect(searches(host)).toHaveLength(0);
      expect(host.webadmin.plugins.stateOf('foreman')).toBe('IN_USE');
    },
  );

  it('does not put the plugin out of service when reading the selection throws', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = await signedIn();
    const trap = Object.defineProperty({}, 'id', {
      get: () => {
        throw new Error('gone');
      },
    });
    host.webadmin.plugins.fire('VirtualMachineSelectionChange', [trap]);
    await settle();

    expect(host.webadmin.plugins.stateOf('foreman')).toBe('IN_USE');
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('gone'));
  });
});

/** What an earlier page has left for a reload. */
function keepAddress(hash: string, { vm, userId = user.userId }: { vm?: object; userId?: string } = {}): void {
  window.sessionStorage.setItem('foreman-ovirt.foreman.address', JSON.stringify({ user: userId, hash, vm }));
}

const vms = [
  { id: id(1), name: 'web1', status: 'Up' },
  { id: id(2), name: 'größe=1;x', status: 'Up' },
];
const hosts = [
  { id: 1, name: 'other.example.com', uuid: id(1) },
  { id: 2, name: 'size.example.com', uuid: id(2) },
];

async function withVms(options: ConstructorParameters<typeof PluginHost>[1] = {}): Promise<PluginHost> {
  const host = new PluginHost('4.5', { vms, ...options });
  Object.assign(host.service, { hosts, vms });
  return host.signIn();
}

describe('VM that only the address names', () => {
  it.each(vms)('is looked up by the id that the engine tells when its own page is opened: $name', async (vm) => {
    const host = await withVms();
    host.webadmin.reveal(`vms-general;name=${encodeURIComponent(vm.name)}`);
    await settle();

    expect(host.details).toBe(`/foreman/hosts/${vm === vms[0] ? 'other' : 'size'}.example.com/ovirt`);
  });

  it('is not taken for another one that the engine’s search finds', async () => {
    const host = new PluginHost('4.5', { vms });
    Object.assign(host.service, { hosts: [{ id: 1, name: 'x', uuid: id(7) }], vms: [{ id: id(7), name: 'web10' }] });
    await host.signIn();
    host.webadmin.reveal('vms-general;name=web1');
    await settle();

    expect(searches(host)).toEqual(['name="web1"']);
    expect(host.details).toBe('notice: no-host');
  });

  it('keeps the id that the selection told while webadmin writes its name into the address', async () => {
    const host = await withVms();
    const [, vm] = host.webadmin.ui.vms;
    if (vm) host.webadmin.vms.open(vm);
    await settle();

    expect(window.location.hash).toBe('#vms-general;name=gr%25C3%25B6%25C3%259Fe%255C21%255C1x');
    expect(searches(host)).toEqual([`uuid="${id(2)}" or name="größe=1;x"`]);
    expect(host.details).toBe('/foreman/hosts/size.example.com/ovirt');
  });

  it('stays when one of our tabs is opened on a page that webadmin was opened with', async () => {
    const host = await withVms({ address: '#vms-general;name=web1' });
    host.service.hosts = [];
    host.webadmin.reveal('foreman-details');
    await jest.advanceTimersByTimeAsync(31_000);
    await host.post({ source: 'foreman-ovirt', type: 'retry' });

    expect(host.details).toBe('notice: no-host');
  });

  it('is that of the breadcrumb, whether webadmin tells it by an event or by the address alone', async () => {
    const host = await withVms({ address: '#vms-general;name=web1' });
    expect(host.details).toBe('/foreman/hosts/other.example.com/ovirt');
    host.webadmin.reveal('foreman-details');
    await settle();
    const [, second] = host.webadmin.ui.vms;
    if (second) host.webadmin.vms.switchTo(second);
    await settle();

    expect(window.location.hash).toMatch(/^#foreman-details;name=gr/);
    expect(host.details).toBe('/foreman/hosts/size.example.com/ovirt');
  });
});

describe.each([
  ['before webadmin knows who is signed in', 'early'],
  ['after webadmin has gone to its start page', 'late'],
])('Reload of a sub-tab, the plugin ready %s', (_, ready) => {
  async function reloaded(address: string, options: ConstructorParameters<typeof PluginHost>[1] = {}) {
    const host = new PluginHost('4.5', { vms, reloaded: true, address, ...options });
    Object.assign(host.service, { hosts, vms });
    if (ready === 'early') host.loadPlugin();
    host.webadmin.enter(user);
    await settle();
    if (ready === 'late') host.loadPlugin();
    await settle();
    await settle();
    return host;
  }

  it('shows the VM that this window was about, which webadmin has forgotten', async () => {
    keepAddress('#foreman-graphs', { vm: vms[0] });
    const host = await reloaded('#foreman-graphs');

    expect(window.location.hash).toBe('#foreman-graphs');
    expect(host.shows('foreman-graphs')).toBe('/foreman/hosts/other.example.com/graphs/ovirt');
  });

  it('offers the list of VMs where nothing tells which one it was', async () => {
    const host = await reloaded('#foreman-details', { loadedWith: '#foreman-details', reloaded: false });

    expect(window.location.hash).toBe('#foreman-details');
    expect(host.details).toBe('notice: no-vm');
  });

  it('takes nobody to our dashboard who reloads the list of VMs', async () => {
    keepAddress('#vms');
    await reloaded('#vms', { loadedWith: '#foreman-dashboard' });

    expect(window.location.hash).toBe('#vms');
  });

  it('brings our dashboard back', async () => {
    keepAddress('#foreman-dashboard');
    const host = await reloaded('#foreman-dashboard');

    expect(window.location.hash).toBe('#foreman-dashboard');
    expect(host.dashboard).toBe('/foreman/dashboard/ovirt');
  });

  it('leaves the VM opened next on the tab that was asked for', async () => {
    keepAddress('#foreman-graphs', { vm: vms[0] });
    const host = await reloaded('#foreman-graphs');
    const [, second] = host.webadmin.ui.vms;
    host.webadmin.reveal('vms');
    await settle();
    if (second) host.webadmin.vms.open(second);
    await settle();

    expect(window.location.hash).toMatch(/^#vms-general;name=/);
    expect(host.details).toBe('/foreman/hosts/size.example.com/ovirt');
  });

  it('is nothing to the next person who signs in at this browser', async () => {
    keepAddress('#foreman-details', { vm: vms[0], userId: 'somebody else' });
    const host = await reloaded('');

    expect(window.location.hash).not.toContain('foreman');
    expect(host.details).toBe('notice: no-vm');
  });
});

describe('Address of a sub-tab', () => {
  it('that could not be kept is not replaced by an older one', async () => {
    keepAddress('#foreman-dashboard');
    await withVms({ reloaded: true, address: '#vms' });
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('QuotaExceededError');
    });
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    window.dispatchEvent(new Event('pagehide'));

    expect(window.sessionStorage.getItem('foreman-ovirt.foreman.address')).toBeNull();
  });

  it('is kept with its VM when webadmin is left', async () => {
    const host = await withVms();
    const [vm] = host.webadmin.ui.vms;
    if (vm) host.webadmin.vms.open(vm);
    await settle();
    host.webadmin.reveal('foreman-graphs');
    await settle();
    window.dispatchEvent(new Event('pagehide'));

    expect(JSON.parse(window.sessionStorage.getItem('foreman-ovirt.foreman.address') ?? '')).toEqual({
      user: user.userId,
      hash: '#foreman-graphs',
      vm: { id: id(1), name: 'web1' },
    });
  });

  it('is not forced upon someone who opens webadmin anew', async () => {
    keepAddress('#foreman-details', { vm: vms[0] });
    const host = await withVms();

    expect(window.location.hash).toBe('#dashboard');
    expect(host.details).toBe('notice: no-vm');
  });

  it('comes back although typing the password takes long', async () => {
    const host = new PluginHost('4.5', { vms, address: '#foreman-dashboard', loadedWith: '#foreman-dashboard' });
    host.loadPlugin();
    await jest.advanceTimersByTimeAsync(60_000);
    host.webadmin.enter(user);
    await settle();
    await settle();

    expect(window.location.hash).toBe('#foreman-dashboard');
  });

  it('leaves alone who has gone elsewhere before the service answered', async () => {
    keepAddress('#foreman-graphs');
    const host = new PluginHost('3.4', { vms, reloaded: true });
    Object.assign(host.service, { hosts, vms, holding: true });
    await host.signIn();
    host.webadmin.reveal('clusters');
    await settle();
    host.service.release();
    await settle();
    await settle();

    expect(window.location.hash).toBe('#clusters');
  });

  it('is forgotten at a logout that webadmin tells of', async () => {
    const host = await new PluginHost('3.4', { vms }).signIn();
    window.dispatchEvent(new Event('pagehide'));
    expect(window.sessionStorage.getItem('foreman-ovirt.foreman.address')).not.toBeNull();

    host.webadmin.leave();
    await settle();
    expect(window.sessionStorage.getItem('foreman-ovirt.foreman.address')).toBeNull();
  });

  it('brings a sub-tab of 3.4 back with the first selection after a reload', async () => {
    keepAddress('#foreman-graphs', { vm: vms[0] });
    const host = new PluginHost('3.4', { vms, reloaded: true });
    host.service.hosts = hosts;
    await host.signIn();
    expect(host.details).toBeUndefined();
    await host.select({ id: id(1), name: 'web1' });
    await settle();

    expect(window.location.hash).toBe('#foreman-graphs');
  });
});
