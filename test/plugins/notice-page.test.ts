import { messagesFor } from '../../ui-plugins/foreman/src/messages';
import { keepNotice, type Notice } from '../../ui-plugins/shared/src/notice';
import { showNotice } from '../../ui-plugins/shared/src/notice-page';

const refused: Notice = { kind: 'refused', title: 'T', message: 'M', remedy: 'Again', locale: 'pt_BR' };

describe('The plugin’s own page', () => {
  let posted: jest.SpyInstance;
  beforeEach(() => {
    jest.useFakeTimers();
    posted = jest.spyOn(window.parent, 'postMessage').mockImplementation(() => undefined);
    document.body.append(document.createElement('main'));
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    document.body.replaceChildren();
    document.documentElement.className = '';
    window.sessionStorage.clear();
    window.history.replaceState(null, '', '?');
  });

  function show(notice: Notice): void {
    keepNotice(window.sessionStorage, notice);
    window.history.replaceState(null, '', `?${notice.kind}`);
    showNotice(window, window.sessionStorage, messagesFor('en'));
  }

  it('shows the kept texts as text, and asks the plugin to try again', () => {
    show({ ...refused, message: '<img src=x>' });
    document.querySelector('button')?.click();

    expect(document.querySelector('main')?.textContent).toBe('T<img src=x>Again');
    expect(document.querySelector('img')).toBeNull();
    expect(document.documentElement.lang).toBe('pt-BR');
    expect(posted).toHaveBeenCalledWith({ source: 'foreman-ovirt', type: 'retry' }, window.location.origin);
    expect(document.querySelector('form, input')).toBeNull();
  });

  it('asks once for a click, and can be asked again when nothing came of it', () => {
    showNotice(window, window.sessionStorage, messagesFor('en'));
    const button = document.querySelector('button');
    button?.click();
    button?.click();
    expect(posted).toHaveBeenCalledTimes(1);

    jest.advanceTimersByTime(10_000);
    button?.click();
    expect(posted).toHaveBeenCalledTimes(2);
  });

  it('looks like webadmin before 4.2 where the plugin says so', () => {
    show({ ...refused, skin: '3.x' });

    expect(document.documentElement.className).toBe('skin-3x');
  });

  it('leads to the list of VMs where webadmin does not tell which one it is about', () => {
    show({ ...refused, kind: 'no-vm', remedy: 'Virtual Machines' });

    const link = document.querySelector('a');
    expect([link?.textContent, link?.target, link?.hash]).toEqual(['Virtual Machines', '_parent', '#vms']);
    expect(document.querySelector('button')).toBeNull();
  });

  it('asks for nothing while an answer is awaited', () => {
    show({ ...refused, kind: 'waiting', title: 'Asking Foreman …' });

    expect(document.querySelector('main')?.textContent).toBe('Asking Foreman …');
  });

  it('still says something when opened without a notice', () => {
    showNotice(window, window.sessionStorage, messagesFor('en'));

    expect(document.querySelector('h1')?.textContent).toBe('Foreman did not sign you in');
  });
});
