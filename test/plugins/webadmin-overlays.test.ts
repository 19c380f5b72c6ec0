import { settle, useCleanHosts } from './support/plugin-host';
import { apiOf, definitionOf, frameOf, inUse, useConsole, vm, type Api } from './support/stand-in';

useCleanHosts();
useConsole();

const press = (key: string): unknown =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

describe('Dialogs of webadmin', () => {
  it('shows a modal dialog with its page and buttons, and closes it', async () => {
    const { api } = await inUse('4.5');
    const pressed: unknown[] = [];
    const buttons = [{ label: 'OK', onClick: (...args: unknown[]) => pressed.push(args) }];
    api.showDialog?.('Create', 'd', 'about:blank#1', '640px', '480px', { buttons });
    expect(document.querySelector('[role=dialog] iframe')?.getAttribute('src')).toBe('about:blank#1');
    document.querySelector<HTMLButtonElement>('[role=dialog] footer button')?.click();
    expect(pressed).toEqual([[]]);

    api.closeDialog?.('d');
    await settle();
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });
});

describe('Dialogs of two plugins with one token', () => {
  it('close together by it, one alone by its icon', async () => {
    const definitions = ['p', 'q'].map(definitionOf);
    const { api } = await inUse('4.5', {}, { pluginDefinitions: definitions });
    apiOf('q').register?.({});
    apiOf('q').ready?.();
    const show = (): void => {
      api.showDialog?.('First', 'd', 'about:blank#p', '640px', '480px');
      apiOf('q').showDialog?.('Second', 'd', 'about:blank#q', '640px', '480px');
    };
    const titles = (): (string | null)[] =>
      [...document.querySelectorAll('[role=dialog] header span')].map(({ textContent }) => textContent);
    show();
    expect(titles()).toEqual(['First', 'Second']);
    document.querySelector<HTMLElement>('[role=dialog] .close')?.click();
    expect(titles()).toEqual(['Second']);
    show();
    api.closeDialog?.('d');
    await settle();

    expect(titles()).toEqual([]);
  });
});

describe('Dialogs of webadmin 4.5', () => {
  const show = async (options: object = {}): Promise<Api> => {
    const { api } = await inUse('4.5', { UserLogout: () => undefined });
    const buttons = ['First', 'Second', 'Third'].map((label) => ({ label, onClick: () => undefined }));
    api.showDialog?.('Title', 'd', 'about:blank#d', '540px', '600px', { buttons, ...options });
    return api;
  };
  const dialog = (): Element | null => document.querySelector('[role=dialog]');
  it('have their buttons in reverse order, none of them the main one', async () => {
    await show();
    const buttons = [...document.querySelectorAll('[role=dialog] footer button')];

    expect(buttons.map(({ textContent }) => textContent)).toEqual(['Third', 'Second', 'First']);
    expect(buttons.some(({ className }) => className.includes('btn-primary'))).toBe(false);
  });

  it('close with Escape outside of their frame, unless they are told not to', async () => {
    const api = await show();
    press('Enter');
    expect(dialog()).not.toBeNull();
    press('Escape');
    expect(dialog()).toBeNull();
    api.showDialog?.('Title', 'stays', 'about:blank', '540px', '600px', { closeOnEscKey: false });
    press('Escape');

    expect(dialog()).not.toBeNull();
  });

  it('load another page in their frame, which stays', async () => {
    const api = await show();
    const frame = document.querySelector('[role=dialog] iframe');
    api.setDialogContentUrl?.('d', 'about:blank#other');
    await settle();

    expect(document.querySelector('[role=dialog] iframe')).toBe(frame);
    expect(frame?.getAttribute('src')).toBe('about:blank#other');
  });
});

describe('Notices of webadmin 4.5', () => {
  const texts = (kind: string): (string | null | undefined)[] =>
    [...document.querySelectorAll(`.${kind}`)].map((notice) => notice.querySelector('span:not(.pficon)')?.textContent);

  it('are shown when the event loop comes round, the latest toast on top; text is text', async () => {
    const { api } = await inUse('4.5');
    api.showToast?.('success', 'first <b>bold</b>');
    api.showToast?.('nonsense', 'second');
    expect(texts('toast')).toEqual([]);
    await settle();

    expect(texts('toast')).toEqual(['second', 'first <b>bold</b>']);
    expect(document.querySelectorAll('.toast.alert-info')).toHaveLength(1);
  });

  it('go: toasts within 9 s, alerts when they say so or are closed', async () => {
    const { api } = await inUse('4.5');
    api.showToast?.('danger', 'toast');
    api.showAlert?.('info', 'short', { autoHideMs: 500 });
    api.showAlert?.('danger', 'stays', {});
    await settle();
    expect([texts('toast'), texts('alert')[2]]).toEqual([['toast'], 'toast']);
    jest.advanceTimersByTime(9000);
    expect(texts('alert')).toEqual(['stays']);
    document.querySelector<HTMLButtonElement>('.alert .close')?.click();

    expect(texts('alert')).toEqual([]);
  });
});

describe('Keys of webadmin 4.5', () => {
  it('go to the next VM of the list and back, on the same sub-tab', async () => {
    const { webadmin, api } = await inUse('4.5');
    api.addDetailPlace?.('VirtualMachine', 'Probe', 'probe', 'about:blank#probe');
    webadmin.reveal('vms-general;name=vm1');
    webadmin.reveal('probe');
    const frame = frameOf('probe');
    press('ArrowDown');
    expect(window.location.hash).toBe('#probe;name=vm2');
    press('ArrowUp');
    press('ArrowUp');

    expect(window.location.hash).toBe('#probe;name=vm1');
    expect(frameOf('probe')).toBe(frame);
  });

  it('do nothing in the list', async () => {
    const { webadmin } = await inUse('4.5');
    webadmin.reveal('vms');
    webadmin.select([vm(1)]);
    press('ArrowDown');

    expect(webadmin.ui.selection).toEqual([vm(1)]);
  });

  it('are not needed: the breadcrumb offers the other VMs', async () => {
    const { webadmin } = await inUse('4.5');
    webadmin.reveal('vms-general;name=vm1');
    expect([...document.querySelectorAll('[data-switch]')].map(({ textContent }) => textContent)).toEqual([
      'vm2',
      'vm3',
    ]);
    document.querySelector<HTMLElement>('[data-switch=id3]')?.click();

    expect(window.location.hash).toBe('#vms-general;name=vm3');
  });
});
