import type { PluginMessage } from '../../../src/contracts/plugin-messages';
import type { Messages } from './messages';
import { keptNotice, type Notice } from './notice';
import type { PluginStorage } from './plugin-storage';

/** The plugin loads the frame anew whatever comes of a try; should it not, the button must not stay dead. */
const patienceMs = 10_000;

/**
 * Fills the plugin's own page with what the plugin has kept for it.
 * @param messages in the browser's language, shown where nothing was kept
 */
export function showNotice<Kind extends string>(
  window: Window,
  storage: PluginStorage,
  messages: Messages<Kind>,
): void {
  const { document, location } = window;
  const notice = keptNotice(storage, location.search.slice(1), messages);
  document.title = notice.title;
  document.documentElement.lang = notice.locale.replace('_', '-');
  if (notice.skin === '3.x') document.documentElement.className = 'skin-3x';
  document.body.dataset.kind = notice.kind;
  const title = document.createElement('h1');
  title.textContent = notice.title;
  const text = document.createElement('p');
  text.textContent = notice.message;
  document.querySelector('main')?.append(title, ...(notice.kind === 'waiting' ? [] : [text, remedyOf(window, notice)]));
}

function remedyOf(window: Window, notice: Notice): HTMLElement {
  return notice.kind === 'no-vm' ? linkToVms(window, notice.remedy) : retryButton(window, notice.remedy);
}

/** "Try again" asks the plugin, which loads the frame anew. */
function retryButton(window: Window, label: string): HTMLElement {
  const retry = window.document.createElement('button');
  retry.type = 'button';
  retry.textContent = label;
  retry.addEventListener('click', () => {
    const message: PluginMessage = { source: 'foreman-ovirt', type: 'retry' };
    retry.disabled = true;
    window.setTimeout(() => (retry.disabled = false), patienceMs);
    window.parent.postMessage(message, window.location.origin);
  });
  return retry;
}

function linkToVms(window: Window, label: string): HTMLElement {
  const link = window.document.createElement('a');
  link.href = `${window.parent.location.href.split('#')[0]}#vms`;
  link.target = '_parent';
  link.textContent = label;
  return link;
}
