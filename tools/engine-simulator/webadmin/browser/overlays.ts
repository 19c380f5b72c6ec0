import { byId, el } from './dom';
import type { Dialog, Notice } from './ui';
import type { Webadmin } from './webadmin';

const drawn = new Map<string, { element: HTMLElement; url: string }>();
const noticed = new Set<Notice>();

/** Draws the plugins' modal dialogs and the notices; a dialog that is open already keeps its frame. */
export function drawOverlays(webadmin: Webadmin): void {
  const { dialogs, notices } = webadmin.ui;
  for (const [token, { element }] of drawn) {
    if (dialogs.some((dialog) => dialog.token === token)) continue;
    element.remove();
    drawn.delete(token);
  }
  dialogs.forEach((dialog) => drawDialog(webadmin, dialog));
  notices.filter((notice) => !noticed.has(notice)).forEach((notice) => drawNotice(notice));
}

function drawDialog(webadmin: Webadmin, dialog: Dialog): void {
  const known = drawn.get(dialog.token);
  if (known) {
    if (known.url !== dialog.url) known.element.querySelector('iframe')?.setAttribute('src', dialog.url);
    known.url = dialog.url;
    return;
  }
  const { ui, plugins } = webadmin;
  const close = (): void => {
    ui.dialogs = ui.dialogs.filter((other) => other !== dialog);
    ui.changed();
  };
  const buttons = dialog.buttons.map(({ label, functions }) =>
    el(
      'button',
      { class: 'btn btn-default', onclick: () => void plugins.callButton(dialog.plugin, functions, 'onClick', []) },
      label,
    ),
  );
  const element = el(
    'div',
    { class: 'dialog-back' },
    el(
      'div',
      {
        class: 'dialog',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-label': dialog.title,
        style: `width:${dialog.width}`,
      },
      el(
        'header',
        {},
        el('span', {}, dialog.title),
        dialog.closeIconVisible && el('button', { class: 'close', 'aria-label': 'Close', onclick: close }, '×'),
      ),
      el('iframe', { src: dialog.url, title: dialog.title, style: `height:${dialog.height}` }),
      buttons.length > 0 && el('footer', {}, ...buttons),
    ),
  );
  element.addEventListener('keydown', (event) => event.key === 'Escape' && dialog.closeOnEscKey && close());
  document.body.append(element);
  drawn.set(dialog.token, { element, url: dialog.url });
}

function drawNotice(notice: Notice): void {
  noticed.add(notice);
  const element = el('div', { class: `alert alert-${notice.type}`, role: 'alert' }, notice.text);
  byId('notices').append(element);
  if (notice.hideAfterMs > 0) setTimeout(() => element.remove(), notice.hideAfterMs);
}
