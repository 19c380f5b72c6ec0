import { versions, type WebadminVersion } from '../../tools/engine-simulator/webadmin/personality';
import { userKnownAfterMs } from '../../tools/engine-simulator/webadmin/browser/webadmin';
import { settle, useCleanHosts, user } from './support/plugin-host';
import { inUse, load, useConsole, type Api } from './support/stand-in';

useCleanHosts();
const lines = useConsole();

const unkind = versions.filter((version) => version >= '4.2');
const notes = (calls: unknown[]): object => ({
  UiInit: () => calls.push('UiInit'),
  UserLogin: (...args: unknown[]) => calls.push(args),
});

describe.each(unkind)('Start of webadmin %s', (version: WebadminVersion) => {
  it('calls UiInit as soon as the plugin is ready, and UserLogin once it knows its user', () => {
    const calls: unknown[] = [];
    const { api } = load(version, {}, { user });
    api.register?.(notes(calls));
    api.ready?.();
    expect(calls).toEqual(['UiInit']);
    jest.advanceTimersByTime(userKnownAfterMs - 1);
    expect(calls).toEqual(['UiInit']);
    jest.advanceTimersByTime(1);

    expect(calls).toEqual(['UiInit', [user.userName, user.userId]]);
  });

  it('keeps UserLogin for a plugin that is ready late', () => {
    const calls: unknown[] = [];
    const { api } = load(version, {}, { user });
    jest.advanceTimersByTime(3000);
    api.register?.(notes(calls));
    expect(calls).toEqual([]);
    api.ready?.();

    expect(calls).toEqual(['UiInit', [user.userName, user.userId]]);
  });

  it('throws when it is asked for its user too early, but has the token', () => {
    const { api } = load(version, {}, { user });
    const asked = (name: keyof Api) => () => api[name]?.();
    expect(asked('loginUserName')).toThrow(TypeError);
    expect(asked('loginUserId')).toThrow(TypeError);
    expect(asked('rootTag')).toThrow(TypeError);
    expect(api.currentPlace?.()).toBeUndefined();
    expect(api.ssoToken?.()).toBe(user.credential);
    expect(api.currentLocale?.()).toBe('en-US');
    jest.advanceTimersByTime(userKnownAfterMs);

    expect(api.loginUserName?.()).toBe(user.userName);
    expect(api.loginUserId?.()).toBe(user.userId);
    expect(api.rootTag?.()).toMatchObject({ name: 'root' });
  });

  it('shows nothing before it knows its user', () => {
    const { webadmin } = load(version, {}, { user });
    const { hash } = window.location;
    expect([hash, document.querySelector('[data-place]')]).toEqual(['', null]);
    jest.advanceTimersByTime(userKnownAfterMs);

    expect(window.location.hash).toBe(`#${webadmin.ui.defaultPlace}`);
    expect(document.querySelector('[data-place]')).not.toBeNull();
  });

  it('makes the last place that was added to the menu its start page, whatever `defaultPlace` says', () => {
    const { api } = load(version, {}, { user });
    const add = version === '4.2' ? 'addMainTab' : 'addPrimaryMenuPlace';
    const UiInit = (): void => {
      api[add]?.('First', 'first', 'about:blank', { defaultPlace: true });
      api[add]?.('Last', 'last', 'about:blank', { defaultPlace: false });
    };
    api.register?.({ UiInit });
    api.ready?.();
    jest.advanceTimersByTime(userKnownAfterMs);

    expect(window.location.hash).toBe('#last');
  });
});

describe('Start of webadmin 4.5', () => {
  it('logs for a plugin before it knows its user', () => {
    const { api } = load('4.5', {}, { user });
    const logger = api.logger?.() as { severe(text: string): void };
    logger.severe('early');

    expect(lines).toEqual(['early']);
  });

  it('knows its place when it tells of its user, though the address does not say so yet', () => {
    const seen: unknown[] = [];
    const { api } = load('4.5', {}, { user });
    api.register?.({
      UiInit: () => api.addSecondaryMenuPlace?.('compute', 'Hosts', 'probe', 'about:blank'),
      UserLogin: () => seen.push(api.currentPlace?.(), window.location.hash),
    });
    api.ready?.();
    jest.advanceTimersByTime(userKnownAfterMs);

    expect(seen).toEqual(['probe', '']);
    expect(window.location.hash).toBe('#probe');
  });

  it('tells of its active tags a while after the login, one an argument', async () => {
    const told: unknown[][] = [];
    const { webadmin } = await inUse('4.5', { TagActivationChange: (...args: unknown[]) => told.push(args) });
    expect(told).toEqual([]);
    jest.advanceTimersByTime(3000);
    webadmin.activateTags(['a', 'b']);

    expect(told).toEqual([[], [expect.objectContaining({ name: 'a' }), expect.objectContaining({ name: 'b' })]]);
  });

  it('keeps the address that it was loaded with', async () => {
    window.location.hash = '#events';
    await inUse('4.5');

    expect(window.location.hash).toBe('#events');
  });

  it('goes to the start page when a plugin adds the place that was asked for too late', async () => {
    window.location.hash = '#late';
    const { webadmin, api } = await inUse('4.5');
    api.addPrimaryMenuPlace?.('Late', 'late', 'about:blank');
    await settle();

    expect(webadmin.ui.main).toBe('dashboard');
  });

  it('does not load a disabled plugin', () => {
    expect(load('4.5', { enabled: false }).webadmin.plugins.stateOf('p')).toBe('DEFINED');
  });
});
