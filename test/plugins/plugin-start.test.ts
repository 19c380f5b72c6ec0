import { PluginHost, settle, useCleanHosts, user } from './support/plugin-host';

useCleanHosts();

const web1 = { id: 'a3f0c2d4-0000-4000-8000-000000000001', name: 'web1' };
const mainPlaces = (host: PluginHost): string[] => host.webadmin.ui.shown('main').map(({ token }) => token);

/** Webadmin knows the user after the one delay, the plugin's page is loaded after the other. */
async function load(userKnownMs: number, pluginLoadedMs: number): Promise<PluginHost> {
  const host = new PluginHost('4.5');
  setTimeout(() => host.webadmin.enter(user), userKnownMs);
  setTimeout(() => host.loadPlugin(), pluginLoadedMs);
  await jest.advanceTimersByTimeAsync(Math.max(userKnownMs, pluginLoadedMs));
  await settle();
  return host;
}

describe('Foreman plugin in a webadmin that knows the user later than its plugins', () => {
  it.each(Array.from({ length: 100 }, (_, turn) => turn * 5))(
    'starts, its page loaded %i ms after webadmin and the user known after 200',
    async (pluginLoadedMs) => {
      const host = await load(200, pluginLoadedMs);

      expect([host.dashboard, host.details]).toEqual(['/foreman/dashboard/ovirt', 'notice: no-vm']);
    },
  );

  it('adds its tabs and signs in although the browser tab’s storage takes nothing more', async () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('QuotaExceededError');
    });
    const host = await load(200, 0);

    expect([host.dashboard, host.details]).toEqual(['/foreman/dashboard/ovirt', 'notice: no-vm']);
  });

  it('says in the console that it did not start, when webadmin fails it', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const host = new PluginHost('4.5');
    const api = window.pluginApi?.('foreman');
    const configObject = () => {
      throw new Error('no such plugin');
    };
    window.pluginApi = () => Object.assign({}, api, { configObject });
    host.loadPlugin();
    await settle();

    expect(error).toHaveBeenCalledWith(expect.stringContaining('did not start'), expect.any(Error));
  });
});

describe('Foreman dashboard', () => {
  it.each([200, 0])('leaves webadmin its own start page, the plugin loaded after %i ms', async (pluginLoadedMs) => {
    const host = await load(100, pluginLoadedMs);

    expect(window.location.hash).toBe('#dashboard');
    expect(mainPlaces(host)).toContain('foreman-dashboard');
  });

  it('is the start page where it is configured to be', async () => {
    const host = await new PluginHost('4.5', { config: { dashboardIsStartPage: true } }).signIn();

    expect(window.location.hash).toBe('#foreman-dashboard');
    expect(host.dashboard).toBe('/foreman/dashboard/ovirt');
  });

  it('says why there is nothing while the service does not answer from the start', async () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = new PluginHost('4.5', { config: { dashboardIsStartPage: true } });
    host.service.down = true;
    await host.signIn();

    expect(window.location.hash).toBe('#foreman-dashboard');
    expect(host.dashboard).toBe('notice: down');
  });
});

describe('Opened tabs', () => {
  it('cost no request of the plugin when their pages arrive', async () => {
    const host = await new PluginHost('4.5').signIn();
    host.service.hosts = [{ id: 1, name: 'web1', uuid: web1.id }];
    await host.select(web1);
    const { length } = host.service.requests;
    for (const place of ['foreman-dashboard', 'foreman-details', 'foreman-graphs']) {
      host.webadmin.reveal(place);
      await settle();
      await host.post({ source: 'foreman-ovirt', type: 'arrived' });
      await jest.advanceTimersByTimeAsync(5_000);
    }

    expect(host.service.requests).toHaveLength(length);
  });

  it('look for a first report when they are opened on a VM without a host', async () => {
    const host = await new PluginHost('4.5').signIn();
    await host.select(web1);
    expect(host.details).toBe('notice: no-host');

    host.service.hosts = [{ id: 1, name: 'web1', uuid: web1.id }];
    await jest.advanceTimersByTimeAsync(30_000);
    host.webadmin.reveal('foreman-details');
    await settle();
    expect(host.details).toBe('/foreman/hosts/web1/ovirt');
  });
});

describe('VM without a host', () => {
  it('keeps its tabs in 4.2 on the way over webadmin’s own sub-tabs, whose address is nameless for a moment', async () => {
    const host = await new PluginHost('4.2', { vms: [{ ...web1, status: 'Up' }] }).signIn();
    const [vm] = host.webadmin.ui.vms;
    if (vm) host.webadmin.vms.open(vm);
    await settle();
    host.webadmin.reveal('vms-snapshots');
    await settle();
    host.webadmin.reveal('foreman-details');
    await settle();

    expect(window.location.hash).toBe('#foreman-details');
    expect(host.details).toBe('notice: no-host');
  });

  it('is looked up again at "Try again", in a page that is loaded anew, without another sign-in', async () => {
    const host = await new PluginHost('4.5').signIn();
    await host.select(web1);
    const loads = host.loads('foreman-details');
    await host.post({ source: 'foreman-ovirt', type: 'retry' });

    expect(host.details).toBe('notice: no-host');
    expect(host.loads('foreman-details')).toBeGreaterThan(loads);
    expect(host.service.to('/foreman/users/login')).toHaveLength(1);
  });

  it.each(['3.6', '4.0'] as const)(
    'says so in %s instead of hiding the sub-tabs where that is configured',
    async (version) => {
      const host = await new PluginHost(version, { config: { showVmsWithoutHost: true } }).signIn();
      await host.select(web1);

      expect(host.details).toBe('notice: no-host');
      await host.select();
      expect(host.details).toBeUndefined();
    },
  );

  it.each(['4.2', '4.5'] as const)(
    'keeps its open sub-tab in %s, which would else go to the start page',
    async (version) => {
      const host = await new PluginHost(version, { vms: [{ ...web1, status: 'Up' }] }).signIn();
      host.service.hosts = [{ id: 1, name: 'db1', uuid: null }];
      await host.select({ id: web1.id.replace(/1$/, '2'), name: 'db1' });
      host.webadmin.reveal('foreman-details');
      await settle();
      await host.select(web1);

      expect(window.location.hash).toMatch(/^#foreman-details/);
      expect(host.details).toBe('notice: no-host');
    },
  );
});
