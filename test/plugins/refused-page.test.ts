import { keepRefusal } from '../../ui-plugins/foreman/src/refusal';
import { showRefusal } from '../../ui-plugins/foreman/src/refused-page';

describe('Page of a refused login', () => {
  beforeEach(() => document.body.append(document.createElement('main')));
  afterEach(() => {
    document.body.replaceChildren();
    window.sessionStorage.clear();
  });

  it('shows the kept texts as text, and asks the plugin to try again', () => {
    const posted = jest.spyOn(window.parent, 'postMessage').mockImplementation(() => undefined);
    keepRefusal(window.sessionStorage, { title: 'T', message: '<img src=x>', retry: 'Again', locale: 'pt_BR' });
    showRefusal(window);
    document.querySelector('button')?.click();

    expect(document.querySelector('main')?.textContent).toBe('T<img src=x>Again');
    expect(document.querySelector('img')).toBeNull();
    expect(document.documentElement.lang).toBe('pt-BR');
    expect(posted).toHaveBeenCalledWith({ source: 'foreman-ovirt', type: 'retry' }, window.location.origin);
    expect(document.querySelector('form, input')).toBeNull();
  });

  it('still says something when opened without a refusal', () => {
    showRefusal(window);

    expect(document.querySelector('h1')?.textContent).toBe('Foreman did not sign you in');
  });
});
