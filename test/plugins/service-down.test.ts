import { PluginHost, hides, notice, settle, useCleanHosts, user } from './support/plugin-host';

useCleanHosts();

const web1 = { id: 'a3f0c2d4-0000-4000-8000-000000000001', name: 'web1' };
const web1Host = { id: 1, name: 'web1', uuid: null };
const logins = (host: PluginHost): number => host.service.to('/foreman/users/login').length;

async function signedIn(version: '3.4' | '4.5' = '4.5'): Promise<PluginHost> {
  const host = await new PluginHost(version).signIn();
  host.service.hosts = [web1Host];
  return host;
}

async function hide(hidden: boolean): Promise<void> {
  jest.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
}

describe.each(['3.4', '4.5'] as const)('Foreman plugin in webadmin %s while the service is down', (version) => {
  let warn: jest.SpyInstance;
  beforeEach(() => {
    warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  });

  const nothing = hides(version) ? undefined : 'notice: down';

  it.each([
    ['nobody answers', { down: true }],
    ['a proxy answers', { proxyError: 503 }],
  ])('says so in the dashboard whose page does not arrive, and shows no host: %s', async (_, fault) => {
    const host = await signedIn(version);
    await host.select(web1);
    Object.assign(host.service, fault);
    if (hides(version)) host.webadmin.reveal('vms');
    await settle();
    host.webadmin.reveal('foreman-dashboard');
    await jest.advanceTimersByTimeAsync(3_100);

    expect(host.dashboard).toBe('notice: down');
    expect(notice('down')).toContain('The Foreman service does not answer');
    expect([host.details, host.shows('foreman-graphs')]).toEqual([nothing, nothing]);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('hides a dashboard that nobody looks at when a lookup fails', async () => {
    const host = await signedIn(version);
    host.webadmin.reveal('vms');
    host.service.proxyError = 503;
    await host.select(web1);

    expect([host.dashboard, host.details]).toEqual([nothing, nothing]);
  });

  it('leaves no page of a proxy in an open sub-tab', async () => {
    const host = await signedIn(version);
    await host.select(web1);
    host.webadmin.reveal('foreman-details');
    await settle();
    host.service.down = true;
    await host.select({ id: web1.id.replace(/1$/, '2'), name: 'db1' });

    expect(host.details).toBe(nothing);
    expect(host.webadmin.ui.place('foreman-details')?.frame?.url).not.toContain('/hosts/');
  });

  it('comes back by itself, asking ever less often', async () => {
    const host = await signedIn(version);
    host.webadmin.reveal('foreman-dashboard');
    host.service.down = true;
    await host.select(web1);
    const asked = [];
    for (let minutes = 0; minutes < 15; minutes++) {
      await jest.advanceTimersByTimeAsync(60_000);
      asked.push(logins(host));
    }
    expect(asked.slice(0, 4)).toEqual([2, 3, 3, 4]);
    expect(asked.at(-1)).toBe(6);
    expect(warn).toHaveBeenCalledTimes(1);

    host.service.down = false;
    await jest.advanceTimersByTimeAsync(300_000);
    expect(host.dashboard).toContain('/foreman/dashboard/ovirt');
    expect(host.details).toContain('/hosts/web1/ovirt');
  });

  it('asks nothing while nobody looks, and at once when somebody does again', async () => {
    const host = await signedIn(version);
    host.service.down = true;
    await host.select(web1);
    await hide(true);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(logins(host)).toBe(1);

    host.service.down = false;
    await hide(false);
    expect(logins(host)).toBe(2);
    expect(host.dashboard).toContain('/foreman/dashboard/ovirt');
  });

  it('comes back at "Try again", or says anew that it does not', async () => {
    const host = await signedIn(version);
    host.webadmin.reveal('vms');
    await settle();
    host.service.down = true;
    host.webadmin.reveal('foreman-dashboard');
    await jest.advanceTimersByTimeAsync(3_100);
    const loads = host.loads('foreman-dashboard');
    await host.post({ source: 'foreman-ovirt', type: 'retry' });
    expect(host.loads('foreman-dashboard')).toBe(loads + 1);

    host.service.down = false;
    await host.post({ source: 'foreman-ovirt', type: 'retry' });
    expect(host.dashboard).toContain('/foreman/dashboard/ovirt');
  });

  it('is mentioned once for each outage, when only lookups notice it, too', async () => {
    const host = await signedIn(version);
    for (const outages of [1, 2]) {
      host.service.down = true;
      await host.select({ id: 'x', name: `x${outages}` });
      await host.select({ id: 'y', name: `y${outages}` });
      expect(warn).toHaveBeenCalledTimes(outages);
      host.service.down = false;
      await host.select({ id: 'z', name: `z${outages}` });
      expect(host.dashboard).toContain('/foreman/dashboard/ovirt');
    }
  });
});

describe('Foreman plugin in webadmin 4.5', () => {
  beforeEach(() => jest.spyOn(console, 'warn').mockImplementation(() => undefined));

  it('takes a service that accepts requests and does not answer them for one that is down', async () => {
    const host = new PluginHost('4.5');
    host.service.holding = true;
    await host.signIn();
    await jest.advanceTimersByTimeAsync(20_000);

    expect([host.dashboard, host.details]).toEqual(['notice: down', 'notice: down']);
  });

  it('brings the sub-tabs back, too, when the page that was awaited finds the service well again', async () => {
    const host = await signedIn();
    await host.select(web1);
    host.service.down = true;
    await jest.advanceTimersByTimeAsync(30_000);
    host.webadmin.reveal('foreman-details');
    await settle();
    await host.select({ id: web1.id.replace(/1$/, '2'), name: 'db1' });
    expect(host.details).toBe('notice: down');
    host.service.down = false;
    await jest.advanceTimersByTimeAsync(60_000);

    expect(host.details).toBe('notice: no-host');
  });

  it('sees that the next VM’s page does not arrive in a tab that stays open', async () => {
    const host = await signedIn();
    host.service.hosts = [web1Host, { id: 2, name: 'db1', uuid: null }];
    const db1 = { id: web1.id.replace(/1$/, '2'), name: 'db1' };
    await host.select(db1);
    await host.select(web1);
    host.webadmin.reveal('foreman-details');
    await settle();
    await host.post({ source: 'foreman-ovirt', type: 'arrived' });
    host.service.proxyError = 503;
    await host.select(db1);
    await jest.advanceTimersByTimeAsync(3_100);

    expect(host.details).toBe('notice: down');
  });
});

describe('Foreman plugin after a logout', () => {
  it('does not ask a service again that was down', async () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = await signedIn('3.4');
    host.service.down = true;
    await host.select(web1);
    host.webadmin.leave();
    await jest.advanceTimersByTimeAsync(600_000);

    expect(logins(host)).toBe(1);
    expect(host.dashboard).toBeUndefined();
  });

  it('takes no failure of before for one of the next person', async () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = await signedIn('3.4');
    host.service.holding = true;
    host.webadmin.leave();
    await settle();
    host.service.release();
    host.webadmin.enter({ ...user, userName: 'eve@example.com' });
    await settle();

    expect(host.dashboard).toContain('/foreman/dashboard/ovirt');
  });
});
