import { readServiceAddress } from '../../ui-plugins/shared/src/service-address';
import { ServiceConnection } from '../../ui-plugins/shared/src/service-connection';
import { Settings } from '../../ui-plugins/shared/src/settings';
import type { PluginFrame } from '../../ui-plugins/shared/src/start-plugin';
import { PluginHost, settle, useCleanHosts, user } from './support/plugin-host';
import { useConsole } from './support/stand-in';

useCleanHosts();
useConsole();

const origin = window.location.origin;
const versions = ['3.4', '3.6', '4.5'] as const;

/** A plugin that does nothing but sign in at Foreman's service; what becomes of it. */
function guest(): { manifest: { name: string; title: string }; start(frame: PluginFrame): void; told: string[] } {
  const told: string[] = [];
  const tell = (what: string) => (): void => void told.push(what);
  const start = ({ window: frame, webadmin, config }: PluginFrame): void => {
    const service = readServiceAddress(new Settings(config, 'guest', origin, () => undefined));
    const connection = new ServiceConnection(frame, webadmin, service, {
      ...{ signedIn: tell('signed in'), refused: tell('refused'), down: tell('down'), back: tell('back') },
      ...{ retried: () => undefined, shownPage: undefined },
    });
    const UserLogin = (): void => void (webadmin.ssoToken() && connection.start());
    const RestApiSessionAcquired = (id: string): void => connection.start(id);
    webadmin.register(
      { UserLogin, RestApiSessionAcquired, UserLogout: () => connection.signOut() },
      { origins: [origin], received: ({ data }) => connection.received(data) },
    );
  };
  return { manifest: { name: 'guest', title: 'Guest' }, start, told };
}

/** Another plugin has begun a login. */
const withLogin = (login: Promise<void>): unknown =>
  Object.assign(window, { foremanOvirtLogins: { [`${origin}/foreman/users/login ovirt_`]: { login } } });
const logins = ({ service }: PluginHost): number => service.to(service.paths.login).length;

describe.each(versions)('Two plugins at one service in webadmin %s', (version) => {
  it('sign in together, and renew the session together when a page has lost it', async () => {
    const other = guest();
    const host = await new PluginHost(version, { beside: [other] }).signIn();
    expect([logins(host), other.told]).toEqual([1, ['signed in']]);
    expect(host.dashboard).toContain('/dashboard/ovirt');
    await host.post({ source: 'foreman-ovirt', type: 'signed-out' });

    expect([logins(host), other.told]).toEqual([2, ['signed in', 'signed in']]);
  });

  it('each try for themselves when the service refuses', async () => {
    const other = guest();
    const host = new PluginHost(version, { beside: [other] });
    host.service.valid.clear();
    await host.signIn();

    expect([logins(host), other.told, host.dashboard]).toEqual([2, ['refused'], 'notice: refused']);
  });

  it('come back together when the service does', async () => {
    const other = guest();
    const host = new PluginHost(version, { beside: [other] });
    host.service.down = true;
    await host.signIn();
    expect(other.told).toEqual(['down']);
    host.service.down = false;
    const before = logins(host);
    await jest.advanceTimersByTimeAsync(31_000);
    await settle();

    expect([logins(host) - before, other.told.at(-1)]).toEqual([1, 'signed in']);
    expect(host.dashboard).toContain('/dashboard/ovirt');
  });

  it('do not wait for ever for a login whose plugin is gone', async () => {
    withLogin(new Promise(() => undefined));
    const host = await new PluginHost(version).signIn();
    expect(logins(host)).toBe(0);
    await jest.advanceTimersByTimeAsync(20_000);
    await settle();

    expect(logins(host)).toBe(1);
    expect(host.dashboard).toContain('/dashboard/ovirt');
  });
});

it('A plugin that is late takes part in the session that is there', async () => {
  withLogin(Promise.resolve());
  const host = new PluginHost('4.5');
  host.service.signedIn = true;
  await host.signIn();

  expect([logins(host), host.dashboard]).toEqual([0, '/foreman/dashboard/ovirt']);
});

it('Two plugins end their session once, and wait for that before the next one', async () => {
  const other = guest();
  const host = await new PluginHost('3.4', { beside: [other] }).signIn();
  host.service.holding = true;
  host.webadmin.leave();
  await settle();
  expect(host.service.to(host.service.paths.logout)).toHaveLength(1);
  host.webadmin.enter(user);
  await settle();
  expect(logins(host)).toBe(1);
  host.service.release();
  await settle();

  expect([logins(host), other.told]).toEqual([2, ['signed in', 'signed in']]);
});
