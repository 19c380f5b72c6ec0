import { PluginHost, notice, settle, useCleanHosts, user } from './support/plugin-host';

useCleanHosts();

const web1 = { id: 'a3f0c2d4-0000-4000-8000-000000000001', name: 'web1' };
const web1Host = { id: 1, name: 'web1', uuid: null };
const label = (host: PluginHost, token: string): string | undefined => host.webadmin.ui.place(token)?.label;

describe('Foreman plugin configuration', () => {
  it.each([
    ['de_DE', 'Foreman-Übersicht'],
    ['pt_BR', 'Painel do Foreman'],
    ['ja_JP', 'Foreman ダッシュボード'],
    ['zh_CN', 'Foreman 仪表板'],
    ['fr_FR', 'Tableau de bord Foreman'],
    ['es_ES', 'Panel de Foreman'],
    ['ko_KR', 'Foreman Dashboard'],
  ])('gives the tabs labels in the language of webadmin: %s', async (locale, dashboard) => {
    const host = await new PluginHost('4.0', { locale }).signIn();

    expect(label(host, 'foreman-dashboard')).toBe(dashboard);
  });

  it('gives the menu item of 4.2 and later a label that its 200 pixels hold', async () => {
    const host = await new PluginHost('4.5', { locale: 'de_DE' }).signIn();

    expect(label(host, 'foreman-dashboard')).toBe('Foreman');
  });

  it('honours every key of the first Foreman plugin', async () => {
    const config = {
      url: '/satellite/',
      loginUrl: '/satellite/in',
      logoutUrl: 'https://elsewhere.example/out',
      foremanDetailsLabel: 'Details',
      foremanGraphsLabel: 'Graphs',
      foremanDashboardLabel: 'Board',
      ovirtUserNamePrefix: 'rhev_',
    };
    const host = new PluginHost('3.4', { config });
    host.service.loginAnswer = { status: 200, json: {} };
    host.service.paths = { login: '/satellite/in', logout: '/out' };
    await host.signIn();
    host.webadmin.leave();

    expect(['dashboard', 'details', 'graphs'].map((tab) => label(host, `foreman-${tab}`))).toEqual([
      'Board',
      'Details',
      'Graphs',
    ]);
    expect(host.service.to('/satellite/in')[0]?.body.get('login[login]')).toBe(`rhev_${user.userName}`);
    expect(host.service.to('/out')[0]?.origin).toBe('https://elsewhere.example');
  });

  it.each([
    ['url', 'https://'],
    ['url', 'ftp://foreman.example.com/foreman'],
    ['loginUrl', 'http://[::1'],
    ['logoutUrl', 'javascript:alert(1)'],
  ])('takes the default for %s where it is no web address (%s), and names the key', async (key, value) => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = await new PluginHost('4.5', { config: { [key]: value } }).signIn();

    expect(host.dashboard).toBe('/foreman/dashboard/ovirt');
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining(`"${key}" in foreman-config.json`));
  });

  it('uses the defaults where values are blank or of a wrong type', async () => {
    const host = await new PluginHost('4.5', { config: { url: ' ', foremanDetailsLabel: 7, loginUrl: null } }).signIn();

    expect(host.dashboard).toBe('/foreman/dashboard/ovirt');
    expect(label(host, 'foreman-details')).toBe('Foreman Details');
  });

  it('works with a service on another origin, and heeds its pages', async () => {
    const url = 'https://foreman.example:8443/foreman';
    const host = await new PluginHost('4.5', { config: { url } }).signIn();
    host.service.hosts = [web1Host];
    await host.select(web1);
    expect(host.details).toBe(`${url}/hosts/web1/ovirt`);
    expect(host.service.requests.map(({ origin, credentials }) => [origin, credentials])).toEqual(
      Array(2).fill(['https://foreman.example:8443', 'include']),
    );

    await host.post({ source: 'foreman-ovirt', type: 'signed-out' }, 'https://foreman.example:8443');
    expect(host.service.to('/foreman/users/login')).toHaveLength(2);
  });
});

describe('Foreman plugin session', () => {
  it('shows the refusal in the open sub-tabs too when a renewed login is refused, and brings all back at a retry', async () => {
    const host = await new PluginHost('4.5').signIn();
    host.service.hosts = [web1Host];
    await host.select(web1);
    host.service.signedIn = false;
    host.service.valid.clear();
    await host.post({ source: 'foreman-ovirt', type: 'signed-out' });
    expect([host.dashboard, host.details]).toEqual(['notice: refused', 'notice: refused']);

    host.service.valid.add('token-1');
    await host.post({ source: 'foreman-ovirt', type: 'retry' });
    expect([host.dashboard, host.details]).toEqual(['/foreman/dashboard/ovirt', '/foreman/hosts/web1/ovirt']);
  });

  it('loads the refusal anew, with the new reason, when a retry is refused again', async () => {
    const host = new PluginHost('4.5');
    host.service.loginAnswer = { status: 403, json: { error: { message: 'First reason' } } };
    await host.signIn();
    for (const message of ['Second reason', 'Third reason']) {
      const loads = host.loads('foreman-dashboard');
      host.service.loginAnswer = { status: 403, json: { error: { message } } };
      await host.post({ source: 'foreman-ovirt', type: 'retry' });

      expect(notice('refused')).toContain(message);
      expect(host.loads('foreman-dashboard')).toBe(loads + 1);
    }
  });

  it('takes the fresh token for a renewal', async () => {
    const host = await new PluginHost('4.5').signIn();
    host.webadmin.plugins.user = { ...user, credential: 'token-2' };
    host.service.valid = new Set(['token-2']);
    host.service.signedIn = false;
    await host.select(web1);

    expect(host.service.to('/foreman/users/login')[1]?.body.get('login[password]')).toBe(`token-2;${user.userId}`);
    expect(host.dashboard).toBe('/foreman/dashboard/ovirt');
  });

  it('renews only once for one request', async () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = await new PluginHost('4.5').signIn();
    host.service.loginAnswer = { status: 200, json: {} };
    host.service.signedIn = false;
    await host.select(web1);

    expect(host.service.to('/foreman/users/login')).toHaveLength(2);
    expect(host.service.to('/foreman/hosts')).toHaveLength(2);
    expect(host.details).toBe('notice: failed');
  });

  it('renews a session that is lost twice in a short time, as in two restarts of the service', async () => {
    const host = await new PluginHost('4.5').signIn();
    for (const logins of [2, 3]) {
      host.service.signedIn = false;
      await host.post({ source: 'foreman-ovirt', type: 'signed-out' });
      expect(host.service.to('/foreman/users/login')).toHaveLength(logins);
      expect(host.dashboard).toBe('/foreman/dashboard/ovirt');
    }
  });

  it('says that the browser drops the cookie when a login is not kept', async () => {
    const host = await new PluginHost('4.5').signIn();
    host.service.signedIn = false;
    host.service.loginAnswer = { status: 200, json: {} };
    await host.post({ source: 'foreman-ovirt', type: 'signed-out' });
    await host.post({ source: 'foreman-ovirt', type: 'signed-out' });

    expect(host.service.to('/foreman/users/login')).toHaveLength(3);
    expect(host.dashboard).toBe('notice: refused');
    expect(notice('refused')).toContain('Allow cookies');
  });

  it('says so, too, when our own requests are signed in but pages never are, and stops renewing', async () => {
    const host = await new PluginHost('4.5').signIn();
    for (let times = 0; times < 7; times++) await host.post({ source: 'foreman-ovirt', type: 'signed-out' });

    expect(host.service.to('/foreman/users/login')).toHaveLength(5);
    expect(notice('refused')).toContain('Allow cookies');
  });

  it('signs in once for several pages that are signed out at the same time', async () => {
    const host = await new PluginHost('4.5').signIn();
    const data = { source: 'foreman-ovirt', type: 'signed-out' };
    const message = (): boolean =>
      window.dispatchEvent(new MessageEvent('message', { data, origin: window.location.origin }));
    message();
    message();
    await settle();

    expect(host.service.to('/foreman/users/login')).toHaveLength(2);
    expect(notice('refused')).toBe('');
    expect(host.dashboard).toBe('/foreman/dashboard/ovirt');
  });

  it('renews again when a page is signed out much later', async () => {
    const host = await new PluginHost('4.5').signIn();
    await host.post({ source: 'foreman-ovirt', type: 'signed-out' });
    await jest.advanceTimersByTimeAsync(30_000);
    await host.post({ source: 'foreman-ovirt', type: 'signed-out' });

    expect(host.service.to('/foreman/users/login')).toHaveLength(3);
    expect(host.dashboard).toBe('/foreman/dashboard/ovirt');
  });

  it.each([
    [403, 'The engine is not registered'],
    [429, 'Too many failed logins'],
    [503, 'The engine does not answer'],
  ])('shows the sentence of a refusal with status %i', async (status, message) => {
    const host = new PluginHost('4.5', { locale: 'de_DE' });
    host.service.loginAnswer = { status, json: { error: { message, reason: 'r' } } };
    await host.signIn();

    expect(JSON.parse(notice('refused'))).toEqual({
      title: 'Foreman hat die Anmeldung abgelehnt',
      message,
      kind: 'refused',
      remedy: 'Erneut versuchen',
      locale: 'de-DE',
    });
  });

  it.each([
    [502, '<html>Bad Gateway</html>'],
    [404, { error: 'no such path' }],
  ])('takes an answer %i that is not the service’s own for a service that is down', async (status, json) => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const host = new PluginHost('4.5');
    host.service.loginAnswer = { status, json };
    await host.signIn();

    expect(host.dashboard).toBe('notice: down');
    expect(notice('refused')).toBe('');
  });

  it('shows nothing when the person logs out before the login is answered', async () => {
    const host = new PluginHost('3.4');
    host.service.holding = true;
    await host.signIn();
    expect(host.service.to('/foreman/users/login')).toHaveLength(1);
    host.webadmin.plugins.fire('UserLogout');
    host.service.release();
    await settle();

    expect(host.dashboard).toBeUndefined();
  });

  it('logs out as an XHR, which is answered with JSON and not with a page of no use to it', async () => {
    const host = await new PluginHost('3.4').signIn();
    host.webadmin.leave();
    await settle();

    expect(host.service.to('/foreman/users/logout')).toEqual([
      expect.objectContaining({
        credentials: 'include',
        headers: { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest' },
      }),
    ]);
  });

  it('waits with the next login until the logout is answered, which deletes the cookie', async () => {
    const host = await new PluginHost('3.4').signIn();
    host.service.holding = true;
    host.webadmin.leave();
    host.service.valid = new Set(['session-2']);
    host.webadmin.enter({ ...user, credential: 'session-2' });
    await settle();
    expect(host.service.to('/foreman/users/login')).toHaveLength(1);

    host.service.release();
    await settle();
    expect(host.service.to('/foreman/users/login')).toHaveLength(2);
    expect(host.dashboard).toBe('/foreman/dashboard/ovirt?skin=3.x');
  });

  it('waits for a logout that is never answered only some seconds', async () => {
    const host = await new PluginHost('3.4').signIn();
    host.service.holding = true;
    host.webadmin.leave();
    host.webadmin.enter(user);
    await jest.advanceTimersByTimeAsync(3_000);

    expect(host.service.to('/foreman/users/login')).toHaveLength(2);
  });

  it('signs in anew with the next session of 3.4 after a logout', async () => {
    const host = await new PluginHost('3.4').signIn();
    host.webadmin.leave();
    await settle();
    expect(host.dashboard).toBeUndefined();

    host.service.valid = new Set(['session-2']);
    host.webadmin.enter({ ...user, userName: 'eve@example.com', credential: 'session-2' });
    await settle();
    const [, second] = host.service.to('/foreman/users/login');
    expect(second?.body.get('login[login]')).toBe('ovirt_eve@example.com');
    expect(host.dashboard).toBe('/foreman/dashboard/ovirt?skin=3.x');
  });
});
