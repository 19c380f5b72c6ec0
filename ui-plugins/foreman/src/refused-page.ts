import type { PluginMessage } from '../../../src/contracts/plugin-messages';
import { messagesFor } from './messages';
import { keptRefusal } from './refusal';

/** Fills the plugin's page for a refused login; "Try again" asks the plugin, which reloads the frame. */
export function showRefusal(window: Window): void {
  const { document } = window;
  const refusal = keptRefusal(window.sessionStorage, messagesFor(window.navigator.language));
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.textContent = refusal.retry;
  retry.addEventListener('click', () => {
    const message: PluginMessage = { source: 'foreman-ovirt', type: 'retry' };
    retry.disabled = true;
    window.parent.postMessage(message, window.location.origin);
  });

  document.title = refusal.title;
  document.documentElement.lang = refusal.locale.replace('_', '-');
  const title = document.createElement('h1');
  title.textContent = refusal.title;
  const text = document.createElement('p');
  text.textContent = refusal.message;
  document.querySelector('main')?.append(title, text, retry);
}
