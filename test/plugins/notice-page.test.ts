import { keepNotice } from '../../ui-plugins/foreman/src/notice';
import { showNotice } from '../../ui-plugins/foreman/src/notice-page';

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
  });

  it('shows the kept texts as text, and asks the plugin to try again', () => {
    keepNotice(window.sessionStorage, { title: 'T', message: '<img src=x>', retry: 'Again', locale: 'pt_BR' });
    showNotice(window);
    document.querySelector('button')?.click();

    expect(document.querySelector('main')?.textContent).toBe('T<img src=x>Again');
    expect(document.querySelector('img')).toBeNull();
    expect(document.documentElement.lang).toBe('pt-BR');
    expect(posted).toHaveBeenCalledWith({ source: 'foreman-ovirt', type: 'retry' }, window.location.origin);
    expect(document.querySelector('form, input')).toBeNull();
  });

  it('asks once for a click, and can be asked again when nothing came of it', () => {
    showNotice(window);
    const button = document.querySelector('button');
    button?.click();
    button?.click();
    expect(posted).toHaveBeenCalledTimes(1);

    jest.advanceTimersByTime(10_000);
    button?.click();
    expect(posted).toHaveBeenCalledTimes(2);
  });

  it('looks like webadmin before 4.2 where the plugin says so', () => {
    keepNotice(window.sessionStorage, { title: 'T', message: 'M', retry: 'R', locale: 'en', skin: '3.x' });
    showNotice(window);

    expect(document.documentElement.className).toBe('skin-3x');
  });

  it('still says something when opened without a notice', () => {
    showNotice(window);

    expect(document.querySelector('h1')?.textContent).toBe('Foreman did not sign you in');
  });
});
