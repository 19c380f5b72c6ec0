import { byId, el } from './dom';
import type { Dialog, Notice } from './ui';
import type { Webadmin } from './webadmin';

interface DrawnDialog {
  element: HTMLElement;
  url: string;
  closeByKey: (event: KeyboardEvent) => void;
}

const drawn = new Map<Dialog, DrawnDialog>();
const noticed = new Set<Notice>();

/** Draws the plugins' modal dialogs and the notices; a dialog that is open already keeps its frame. */
export function drawOverlays(webadmin: Webadmin): void {
  const { dialogs, notices } = webadmin.ui;
  for (const [dialog, { element, closeByKey }] of drawn) {
    if (dialogs.includes(dialog)) continue;
    element.remove();
    window.removeEventListener('keydown', closeByKey);
    drawn.delete(dialog);
  }
  dialogs.forEach((dialog) => drawDialog(webadmin, dialog));
  for (const notice of notices.filter((notice) => !noticed.has(notice))) {
    noticed.add(notice);
    drawNotice(notice);
  }
}

function drawDialog(webadmin: Webadmin, dialog: Dialog): void {
  const known = drawn.get(dialog);
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
        style: ui.vmPages ? `width:${dialog.width};height:${dialog.height}` : `width:${dialog.width}`,
      },
      el(
        'header',
        {},
        el('span', {}, dialog.title),
        dialog.closeIconVisible && el('button', { class: 'close', 'aria-label': 'Close', onclick: close }, '×'),
      ),
      el('iframe', { src: dialog.url, title: dialog.title, style: ui.vmPages ? '' : `height:${dialog.height}` }),
      // The first button stands at the right.
      buttons.length > 0 && el('footer', {}, ...buttons.reverse()),
    ),
  );
  // Wherever the focus is, but in the dialog's frame: its keys are not webadmin's.
  const closeByKey = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape' && dialog.closeOnEscKey) close();
  };
  window.addEventListener('keydown', closeByKey);
  document.body.append(element);
  drawn.set(dialog, { element, url: dialog.url, closeByKey });
}

/** Toasts stand at the bottom right, the latest on top; alerts at the top. */
function drawNotice({ kind, type, text, hideAfterMs }: Notice): void {
  const close = el('button', { class: 'close', 'aria-label': 'Close', onclick: () => element.remove() }, '×');
  const icon = el('span', { class: `pficon pficon-${icons[type] ?? 'info'}`, 'aria-hidden': 'true' });
  const element = el('div', { class: `alert alert-${type} ${kind}`, role: 'alert' }, icon, el('span', {}, text), close);
  const notices = byId('notices');
  notices.prepend(element);
  if (kind === 'toast' && !notices.querySelector('.toast-foot')) notices.append(toastFoot(notices));
  if (hideAfterMs > 0) setTimeout(() => element.remove(), hideAfterMs);
}

/** Below the toasts, as long as there are some. */
function toastFoot(notices: HTMLElement): HTMLElement {
  const dismiss = (): void => notices.querySelectorAll('.toast').forEach((toast) => toast.remove());
  return el('div', { class: 'toast-foot' }, el('button', { class: 'btn btn-link', onclick: dismiss }, 'Dismiss All'));
}

const icons: Record<string, string> = {
  ...{ info: 'info', success: 'ok', warning: 'warning-triangle-o', danger: 'error-circle-o' },
};
