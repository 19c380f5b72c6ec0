import { versions, type WebadminVersion } from '../../tools/engine-simulator/webadmin/personality';
import { PluginHost, hides, notice, settle, useCleanHosts, user } from './support/plugin-host';

useCleanHosts();

const web1 = { id: 'a3f0c2d4-0000-4000-8000-000000000001', name: 'web1' };
const web1Host = { id: 1, name: 'web1.example.com', uuid: 'A3F0C2D4-0000-4000-8000-000000000001' };
const db1 = { id: 'a3f0c2d4-0000-4000-8000-000000000002', name: 'db1' };
const db1Host = { id: 2, name: 'db1.example.com', uuid: db1.id };
/** What a sub-tab shows where there is no host to show. */
const instead = (version: WebadminVersion, kind: string): string | undefined =>
  hides(version) && version !== '4.1' ? undefined : `notice: ${kind}`;
const skinOf = (version: string): string => (/^3|^4\.0/.test(version) ? '?skin=3.x' : '');

describe.each(versions)('Foreman plugin in webadmin %s', (version) => {
  it('is in use after login, with the dashboard, and sub-tabs that show no host', async () => {
    const host = await new PluginHost(version).signIn();

    expect(host.webadmin.plugins.stateOf('foreman')).toBe('IN_USE');
    expect(host.dashboard).toBe(`/foreman/dashboard/ovirt${skinOf(version)}`);
    expect(host.details).toBe(instead(version, 'no-vm'));
    expect(host.shows('foreman-graphs')).toBe(instead(version, 'no-vm'));
  });

  it('shows none of its pages before the service has answered the login', async () => {
    const host = new PluginHost(version);
    host.service.loginAnswer = { status: 200, json: {} };
    host.loadPlugin();
    host.webadmin.plugins.enable(user);
    await settle();

    expect(host.details).toBe(instead(version, 'waiting'));
    expect(host.dashboard).toBeUndefined();
    expect(host.service.requests).toHaveLength(0);
  });

  it('logs in with the engine session, the user id and the engine, as an XHR with credentials', async () => {
    const { service } = await new PluginHost(version).signIn();

    const early = version === '3.2' || version === '3.3';
    expect(service.to('/foreman/users/login')).toEqual([
      expect.objectContaining({ method: 'POST', credentials: 'include' }),
    ]);
    const [login] = service.requests;
    expect(Object.fromEntries(login?.body ?? [])).toEqual({
      'login[login]': `ovirt_${user.userName}`,
      'login[password]': `${user.credential};${user.userId}`,
      'login[engine]': `${window.location.origin}/${early ? '' : 'ovirt-engine/'}`,
    });
    expect(login?.headers).toMatchObject({
      accept: 'application/json',
      'x-requested-with': 'XMLHttpRequest',
      'content-type': 'application/x-www-form-urlencoded',
    });
  });

  it('shows both sub-tabs of a VM that is a host, and hides them for one that is none, or says so in them', async () => {
    const host = await new PluginHost(version).signIn();
    host.service.hosts = [web1Host];
    await host.select(web1);

    const skin = version === '4.1' ? '?skin=3.x' : skinOf(version);
    expect(host.details).toBe(`/foreman/hosts/web1.example.com/ovirt${skin}`);
    expect(host.shows('foreman-graphs')).toBe(`/foreman/hosts/web1.example.com/graphs/ovirt${skin}`);

    await host.select(db1);
    const nothing = hides(version) ? undefined : 'notice: no-host';
    expect([host.details, host.shows('foreman-graphs')]).toEqual([nothing, nothing]);
  });

  it('shows no other VM while several or none are selected, which from 4.2 on is in the list alone', async () => {
    const host = await new PluginHost(version).signIn();
    host.service.hosts = [web1Host, db1Host];
    await host.select(web1);
    const skin = skinOf(version) || (version === '4.1' ? '?skin=3.x' : '');
    const pageOf = (name: string): string => `/foreman/hosts/${name}.example.com/ovirt${skin}`;
    const left = (name: string): string | undefined => (hides(version) ? undefined : pageOf(name));
    await host.select(web1, db1);
    expect(host.details).toBe(left('web1'));

    await host.select(db1);
    expect(host.details).toBe(pageOf('db1'));
    await host.select();
    expect(host.details).toBe(left('db1'));
  });

  it('tells the reason of a refused login on its own page, and recovers at "Try again"', async () => {
    const host = new PluginHost(version);
    host.service.valid = new Set();
    await host.signIn();

    expect(host.dashboard).toBe('notice: refused');
    expect(notice('refused')).toContain('The engine does not know this session');

    host.service.valid.add(user.credential);
    await host.post({ source: 'foreman-ovirt', type: 'retry' });
    expect(host.dashboard).toBe(`/foreman/dashboard/ovirt${skinOf(version)}`);
  });

  it('renews an expired login once, silently, when a host search is answered 401', async () => {
    const host = await new PluginHost(version).signIn();
    host.service.hosts = [web1Host];
    host.service.signedIn = false;
    await host.select(web1);

    expect(host.details).toContain('web1.example.com');
    expect(host.service.to('/foreman/users/login')).toHaveLength(2);
  });

  it('signs in again and reloads the open tabs when a page says that it is signed out', async () => {
    const host = await new PluginHost(version).signIn();
    const loads = host.loads('foreman-dashboard');
    host.service.signedIn = false;
    await host.post({ source: 'foreman-ovirt', type: 'signed-out' });

    expect(host.service.signedIn).toBe(true);
    expect(host.loads('foreman-dashboard')).toBe(loads + 1);
  });

  it('does not heed messages of other origins or other senders', async () => {
    const host = await new PluginHost(version).signIn();
    await host.post({ source: 'foreman-ovirt', type: 'signed-out' }, 'https://evil.example');
    await host.post({ source: 'other', type: 'signed-out' });
    await host.post('signed-out');

    expect(host.service.to('/foreman/users/login')).toHaveLength(1);
  });

  it('hides everything while the service is down, or says so in it; tells the log once, and comes back with it', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = new PluginHost(version);
    host.service.hosts = [web1Host];
    host.service.down = true;
    await host.signIn();
    await host.select(web1);
    await host.select(db1);

    const nothing = hides(version) ? undefined : 'notice: down';
    expect([host.dashboard, host.details]).toEqual([nothing, nothing]);
    expect(warn).toHaveBeenCalledTimes(1);

    host.service.down = false;
    await jest.advanceTimersByTimeAsync(30_000);
    await host.select(web1);
    expect(host.dashboard).toContain('/dashboard/ovirt');
    expect(host.details).toContain('web1.example.com');
  });
});

describe.each(['3.2', '3.3', '3.4'] as const)('Foreman plugin at logout from webadmin %s', (version) => {
  it('ends the session at the service and hides every tab', async () => {
    const host = await new PluginHost(version).signIn();
    host.service.hosts = [web1Host];
    await host.select(web1);
    host.webadmin.leave();
    await settle();

    expect(host.service.to('/foreman/users/logout')).toHaveLength(1);
    expect(host.service.signedIn).toBe(false);
  });
});

describe('Foreman plugin’s skin', () => {
  it('is that of 3.x in 4.1 as soon as its system tree is used, which 4.2 has no more', async () => {
    const host = await new PluginHost('4.1').signIn();
    host.webadmin.plugins.fire('SystemTreeSelectionChange', { type: 'System' });
    await settle();

    expect(host.dashboard).toBe('/foreman/dashboard/ovirt?skin=3.x');
  });

  it.each(['4.2', '4.3', '4.5'] as const)('stays that of 4.x in %s when a VM’s page is opened', async (version) => {
    const host = await new PluginHost(version, { vms: [{ ...web1, status: 'Up' }] }).signIn();
    host.service.hosts = [web1Host];
    await host.select(web1);
    host.webadmin.reveal('vms-general;name=web1');
    await settle();

    expect(host.dashboard).toBe('/foreman/dashboard/ovirt');
    expect(host.details).toBe('/foreman/hosts/web1.example.com/ovirt');
  });
});
