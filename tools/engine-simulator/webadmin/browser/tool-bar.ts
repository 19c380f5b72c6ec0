import { el } from './dom';
import type { ActionButton } from './ui';
import type { Webadmin } from './webadmin';

const listActions = ['New', 'Edit', 'Run', 'Suspend', 'Shutdown', 'Reboot', 'Console', 'Create Snapshot'];
const needsRunning = ['Suspend', 'Shutdown', 'Reboot', 'Console'];

/** Webadmin's own actions on VMs with the plugins' among them; on a VM's page as in the list, but for *New*. */
export function vmActions(webadmin: Webadmin): HTMLElement {
  const { selection, detail, vmPages } = webadmin.ui;
  const enabled = (label: string): boolean => {
    if (label === 'New') return true;
    return selection.length > 0 && (!needsRunning.includes(label) || selection.every(({ status }) => status === 'Up'));
  };
  const own = vmPages && detail !== undefined ? listActions.slice(1) : listActions;
  const shown = own.map((label) => el('button', { class: 'btn btn-default', disabled: !enabled(label) }, label));
  for (const button of webadmin.buttons.of('vms').filter(({ more }) => !more)) {
    const drawn = pluginButton(webadmin, button);
    if (drawn) shown.splice(Math.min(button.index, shown.length), 0, drawn);
  }
  return el('div', { class: 'actions' }, ...shown, furtherActions(webadmin, 'vms'));
}

/** The plugins' buttons of another place: a main list's, or a VM's sub-tab's. */
export function toolBar(webadmin: Webadmin, token: string): HTMLElement {
  const buttons = webadmin.buttons.of(token).filter(({ more }) => !more);
  const drawn = buttons.map((button) => pluginButton(webadmin, button));
  return el('div', { class: 'actions' }, ...drawn, furtherActions(webadmin, token));
}

/** The menu of the plugins' buttons that ask for a place there. */
function furtherActions(webadmin: Webadmin, token: string): HTMLElement | undefined {
  const buttons = webadmin.buttons.of(token).filter(({ more }) => more);
  const drawn = buttons.map((button) => pluginButton(webadmin, button)).filter((button) => button !== undefined);
  if (drawn.length === 0) return undefined;
  const list = el('div', { class: 'choices', hidden: true }, ...drawn);
  const toggle = (): void => void (list.hidden = !list.hidden);
  const more = el('button', { class: 'btn btn-link', 'aria-label': 'More Actions', onclick: toggle }, '⋮');
  return el('span', { class: 'switcher' }, more, list);
}

function pluginButton({ buttons }: Webadmin, button: ActionButton): HTMLElement | undefined {
  const { accessible, enabled } = buttons.state(button);
  if (!accessible) return undefined;
  return el(
    'button',
    { class: 'btn btn-default', disabled: !enabled, onclick: () => buttons.click(button) },
    button.label,
  );
}
