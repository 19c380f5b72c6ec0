import { pluginStorage } from '../../ui-plugins/shared/src/plugin-storage';
import type { PluginFrame } from '../../ui-plugins/shared/src/start-plugin';
import { PluginHost, settle, useCleanHosts, type HostOptions } from './support/plugin-host';
import { apiOf, useConsole, vm } from './support/stand-in';
import manifest from './toy/plugin.json';
import { startToy } from './toy/src/toy';

useCleanHosts();
const lines = useConsole();

const origin = 'https://foreman.example';
const toy = { manifest, start: startToy };
const versions = ['3.2', '3.6', '4.2', '4.5'] as const;
type Version = (typeof versions)[number];

/** Webadmin with its list of VMs, the toy and Foreman's plugin, whose service is on an origin of its own. */
async function open(version: Version, options: HostOptions = {}): Promise<PluginHost> {
  const config = { url: `${origin}/foreman` };
  const host = new PluginHost(version, { beside: [toy], vms: [vm(1), vm(2)], drawn: true, config, ...options });
  host.service.hosts = [{ id: 1, name: 'host1', uuid: 'id1' }];
  await host.signIn();
  host.webadmin.reveal('vms');
  await settle();
  return host;
}

const button = (label: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label);

/** Clicks the toy's button with a VM selected; the frame of its dialog, in 3.2 one that stands for the window it opens. */
async function play(host: PluginHost): Promise<HTMLIFrameElement> {
  const popUp = document.createElement('iframe');
  jest.spyOn(window, 'open').mockImplementation((url, _name, features) => {
    document.body.append(popUp);
    popUp.setAttribute('src', String(url));
    popUp.dataset.features = features;
    if (popUp.contentWindow) jest.spyOn(popUp.contentWindow, 'close').mockImplementation(() => popUp.remove());
    return popUp.contentWindow;
  });
  await host.select(vm(1));
  button('Play')?.click();
  await settle();
  return document.querySelector<HTMLIFrameElement>('[role=dialog] iframe') ?? popUp;
}

/** A page posts to webadmin; what it is answered. */
async function post(host: PluginHost, frame: HTMLIFrameElement, data: unknown, from = origin): Promise<unknown[][]> {
  const page = frame.contentWindow;
  if (!page) throw new Error('There is no dialog');
  const answers = jest.spyOn(page, 'postMessage').mockImplementation(() => undefined);
  await host.post(data, from, page);
  return answers.mock.calls.splice(0);
}

describe.each(versions)('A second plugin in webadmin %s', (version) => {
  it('has a button that follows the selection, beside Foreman’s tabs', async () => {
    const host = await open(version);
    expect(button('Play')?.disabled).toBe(true);
    await host.select(vm(1), vm(2));
    expect(button('Play')?.disabled).toBe(true);
    await host.select(vm(1));
    expect(button('Play')?.disabled).toBe(false);

    expect(host.details).toContain(`${origin}/foreman/hosts/host1/ovirt`);
    expect(['toy', 'foreman'].map((name) => host.webadmin.plugins.stateOf(name))).toEqual(['IN_USE', 'IN_USE']);
  });

  it('opens a dialog, answers its page, and closes it when that is done', async () => {
    const host = await open(version);
    const frame = await play(host);
    expect(frame.getAttribute('src')).toBe(`${origin}/foreman/toy`);
    expect(await post(host, frame, 'toy: open')).toEqual([[{ toy: 'vm1' }, origin]]);
    expect(frame.isConnected).toBe(true);
    await post(host, frame, 'toy: done');

    expect(frame.isConnected).toBe(false);
  });

  it('hears no page of another origin', async () => {
    const host = await open(version);
    const frame = await play(host);
    expect(await post(host, frame, 'toy: open', 'https://evil.example')).toEqual([]);
    await post(host, frame, 'toy: done', window.location.origin);

    expect(frame.isConnected).toBe(true);
  });

  it.each([[null], [0], ['']])('is told %j by a page, and can answer', async (data) => {
    const echo = {
      manifest: { name: 'echo', title: 'Echo' },
      start: ({ webadmin }: PluginFrame) =>
        webadmin.register({}, { origins: [origin], received: (message) => message.reply([message.data], origin) }),
    };
    const host = await open(version, { beside: [echo] });
    const frame = document.body.appendChild(document.createElement('iframe'));

    expect(await post(host, frame, data)).toEqual([[[data], origin]]);
  });

  it('lives when a message is no message of its own', async () => {
    const host = await open(version);
    const frame = await play(host);
    for (const data of [null, undefined, 0, 'toy', { toy: 1 }]) await post(host, frame, data);

    expect(host.webadmin.plugins.stateOf('toy')).toBe('IN_USE');
    expect(lines.filter((line) => line.includes('Toy plugin'))).toEqual([]);
  });

  it('is not hurt by one that cannot start, or that fails', async () => {
    const broken = (name: string, start: (frame: PluginFrame) => void): NonNullable<HostOptions['beside']>[number] => ({
      manifest: { name, title: name },
      start,
    });
    const fail = (): never => {
      throw new Error('broken');
    };
    const raw = broken('raw', () => {
      apiOf('raw').register?.({ VirtualMachineSelectionChange: fail });
      apiOf('raw').ready?.();
    });
    const host = await open(version, { beside: [broken('early', fail), raw, toy] });
    const frame = await play(host);

    expect(['early', 'raw', 'toy', 'foreman'].map((name) => host.webadmin.plugins.stateOf(name))).toEqual([
      ...['LOADING', 'FAILED', 'IN_USE', 'IN_USE'],
    ]);
    expect(frame.getAttribute('src')).toBe(`${origin}/foreman/toy`);
    expect(host.details).toContain('/hosts/host1/ovirt');
  });
});

describe('A second plugin’s dialog', () => {
  it.each(['3.6', '4.2', '4.5'] as const)('has its size and buttons in %s, and loads another page', async (version) => {
    const host = await open(version);
    await play(host);
    const buttons = [...document.querySelectorAll('[role=dialog] footer button')];
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['Again', 'Close']);
    expect(document.querySelector<HTMLElement>('[role=dialog]')?.style.width).toBe('540px');
    button('Again')?.click();
    await settle();
    expect(document.querySelector('[role=dialog] iframe')?.getAttribute('src')).toBe(`${origin}/foreman/toy?again`);
    button('Close')?.click();
    await settle();

    expect(document.querySelector('[role=dialog]')).toBeNull();
  });

  it('is a window of that size in 3.2', async () => {
    const frame = await play(await open('3.2'));

    expect(frame.dataset.features).toBe('width=540,height=600');
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });
});

describe('What a plugin keeps in the browser tab', () => {
  it('is out of another one’s sight', () => {
    const [ours, theirs] = ['toy', 'foreman'].map((name) => pluginStorage(window.sessionStorage, name));
    ours?.setItem('address', '#toy');
    expect(theirs?.getItem('address')).toBeNull();
    theirs?.removeItem('address');

    expect(ours?.getItem('address')).toBe('#toy');
  });
});
