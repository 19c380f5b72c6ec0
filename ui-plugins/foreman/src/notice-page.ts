import type { PluginMessage } from '../../../src/contracts/plugin-messages';
import { messagesFor } from './messages';
import { keptNotice } from './notice';

/** The plugin loads the frame anew whatever comes of a try; should it not, the button must not stay dead. */
const patienceMs = 10_000;

/** Fills the plugin's own page; "Try again" asks the plugin, which loads the frame anew. */
export function showNotice(window: Window): void {
  const { document } = window;
  const notice = keptNotice(window.sessionStorage, messagesFor(window.navigator.language));
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.textContent = notice.retry;
  retry.addEventListener('click', () => {
    const message: PluginMessage = { source: 'foreman-ovirt', type: 'retry' };
    retry.disabled = true;
    window.setTimeout(() => (retry.disabled = false), patienceMs);
    window.parent.postMessage(message, window.location.origin);
  });

  document.title = notice.title;
  document.documentElement.lang = notice.locale.replace('_', '-');
  if (notice.skin === '3.x') document.documentElement.className = 'skin-3x';
  const title = document.createElement('h1');
  title.textContent = notice.title;
  const text = document.createElement('p');
  text.textContent = notice.message;
  document.querySelector('main')?.append(title, text, retry);
}
