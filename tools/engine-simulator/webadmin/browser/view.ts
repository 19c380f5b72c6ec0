import type { PageData } from '../page-data';
import { ContentFrame } from './content-frame';
import { byId, el } from './dom';
import { entityList } from './entity-list';
import { itemGrid, vmGeneral, vmGrid } from './grid';
import { encodeToken } from './history-token';
import { drawOverlays } from './overlays';
import { toolBar, vmActions } from './tool-bar';
import type { Place, Ui } from './ui';
import { tokenOf } from './vm-pages';
import type { Webadmin } from './webadmin';

/** Draws webadmin: its regions stand in the page, their contents follow every change. */
export function drawView(webadmin: Webadmin, data: PageData, logout: () => void): void {
  const mainFrame = new ContentFrame(byId('main-frame'));
  const detailFrame = new ContentFrame(byId('detail-frame'));
  const draw = (): void => {
    const { ui } = webadmin;
    if (!webadmin.plugins.user) return;
    byId('who').replaceChildren(
      el('span', {}, webadmin.plugins.user.userName),
      el(
        'a',
        { href: '#', id: 'logout', onclick: (event) => (event.preventDefault(), logout()) },
        data.personality.credential === 'ssoToken' ? 'Log out' : 'Sign Out',
      ),
    );
    byId('menu').replaceChildren(...(ui.vmPages ? menu(webadmin) : tabs(webadmin, 'main')));
    byId('tree').replaceChildren(...tree(webadmin));

    const main = ui.place(ui.main);
    const { vm } = ui;
    const open = ui.main === 'vms' && (vm !== undefined || (ui.vmPages && ui.detail !== undefined));
    document.body.classList.toggle('vm-open', open);
    document.body.classList.toggle('vm-page', open && ui.vmPages);
    mainFrame.show(main?.frame ? main : undefined);
    byId('main').hidden = main?.frame !== undefined;
    byId('main').replaceChildren(...mainContent(webadmin, main));

    const detail = open && ui.detail !== undefined ? ui.place(ui.detail) : undefined;
    byId('detail-tabs').replaceChildren(...tabs(webadmin, 'detail'));
    detailFrame.show(detail?.frame ? detail : undefined);
    byId('detail').hidden = detail === undefined || detail.frame !== undefined;
    byId('detail').replaceChildren(...(detail && vm ? detailContent(webadmin, detail, vm) : []));
    drawOverlays(webadmin);
  };
  webadmin.ui.onChange(draw);
  followKeys(webadmin);
  draw();
}

/** What stands at the side before 4.2; tags stay, in a panel of the list, later. */
function tree(webadmin: Webadmin): HTMLElement[] {
  const { plugins, ui } = webadmin;
  const system = el(
    'button',
    { onclick: () => plugins.fire('SystemTreeSelectionChange', { type: 'System', entity: null }) },
    'System',
  );
  const tag = el('button', { onclick: () => webadmin.activateTags(ui.tags.length > 0 ? [] : ['web']) }, 'Tag: web');
  return [...(ui.vmPages ? [] : [system]), ...(plugins.fires('TagActivationChange') ? [tag] : [])];
}

function mainContent(webadmin: Webadmin, main: Place | undefined): HTMLElement[] {
  const { ui } = webadmin;
  if (!main || main.frame) return [];
  const crumbs = ui.vmPages ? [breadcrumb(webadmin, main)] : [];
  if (main.token !== 'vms') {
    const rows = ui.lists[main.token];
    const content = rows ? entityList(webadmin, main.token, rows) : nothing();
    return [...crumbs, el('div', { class: 'toolbar' }, toolBar(webadmin, main.token)), content];
  }
  if (ui.vmPages && ui.detail !== undefined) return [el('div', { class: 'vm-head' }, ...crumbs, vmActions(webadmin))];
  return [...crumbs, el('div', { class: 'toolbar' }, search(webadmin), vmActions(webadmin)), vmGrid(webadmin)];
}

function breadcrumb(webadmin: Webadmin, main: Place): HTMLElement {
  const { ui } = webadmin;
  const menuLabel = ui.menus.find(({ id }) => id === main.menuId)?.label;
  const list = el(
    'a',
    { href: `#${main.token}`, onclick: (event) => (event.preventDefault(), webadmin.reveal(main.token)) },
    main.label,
  );
  const path = [menuLabel, list].filter((part) => part !== undefined).map((part) => el('li', {}, part));
  if (!ui.vm) return el('ol', { class: 'crumb' }, ...path);
  return el('ol', { class: 'crumb' }, ...path, el('li', { class: 'name' }, ui.vm.name), vmSwitcher(webadmin));
}

/** The other VMs of the list, behind a button beside the name. */
function vmSwitcher({ ui, vms }: Webadmin): HTMLElement {
  const others = vms.found.filter((vm) => vm !== ui.vm);
  const choices = others.map((vm) => el('button', { 'data-switch': vm.id, onclick: () => vms.switchTo(vm) }, vm.name));
  const list = el('div', { class: 'choices', hidden: true }, ...choices);
  const toggle = (): void => void (list.hidden = !list.hidden);
  const button = el(
    'button',
    { class: 'btn btn-default', 'aria-label': 'Switch', onclick: toggle },
    icon('fa-exchange'),
  );
  return el('li', { class: 'switcher' }, button, list);
}

/** On a VM's page the arrow keys go on to the next VM; a frame that has the focus keeps its keys. */
function followKeys({ ui, vms }: Webadmin): void {
  window.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || !ui.vmPages || ui.main !== 'vms' || !ui.vm || ui.dialogs.length > 0) return;
    event.preventDefault();
    vms.step(by);
  });
}

function search(webadmin: Webadmin): HTMLElement {
  const input = document.createElement('input');
  Object.assign(input, { className: 'form-control', value: webadmin.ui.searchText || 'Vms:' });
  input.setAttribute('aria-label', 'Search');
  input.addEventListener('change', () => {
    webadmin.vms.search(input.value);
  });
  return input;
}

function tabs(webadmin: Webadmin, kind: Place['kind']): HTMLElement[] {
  const { ui } = webadmin;
  const go = (place: Place): void => {
    if (kind === 'main') return webadmin.reveal(place.token);
    // From 4.2 on a tab is a link, whose address is taken even where it then leads elsewhere.
    if (ui.vmPages) return void (window.location.hash = encodeToken({ token: tokenOf(place), parameters: {} }));
    ui.detail = place.token;
    ui.changed();
  };
  return ui
    .shown(kind)
    .map((place) => item(place, place.token === (kind === 'main' ? ui.main : ui.detail), () => go(place)));
}

/** The vertical menu of 4.2 and later: containers with their places as a second level, and single places. */
function menu(webadmin: Webadmin): HTMLElement[] {
  const { ui } = webadmin;
  const shown = ui.shown('main');
  const entry = (place: Place): HTMLElement => item(place, place.token === ui.main, () => webadmin.reveal(place.token));
  const containers = ui.menus.map(({ id, label }) => {
    const places = shown.filter((place) => place.menuId === id);
    const active = places.some((place) => place.token === ui.main);
    const first = places[0];
    return el(
      'div',
      { class: 'container-item' },
      el(
        'button',
        { class: active ? 'active' : '', onclick: () => first && webadmin.reveal(first.token) },
        icon(menuIcons[id] ?? 'fa-cubes'),
        el('span', { class: 'label-text' }, label),
        icon('fa-angle-right'),
      ),
      el('div', { class: 'second' }, el('h2', {}, label), ...places.map(entry)),
    );
  });
  const single = shown.filter((place) => place.menuId === undefined);
  const [dashboard, ...rest] = single;
  return [...(dashboard ? [entry(dashboard)] : []), ...containers, ...rest.map(entry)];
}

const menuIcons: Record<string, string> = {
  ...{ compute: 'pficon-cpu', network: 'pficon-network', storage: 'fa-database', admin: 'fa-cog' },
};
const placeIcons: Record<string, string> = { dashboard: 'fa-tachometer', events: 'fa-flag' };

function icon(name: string): HTMLElement {
  return el('i', { class: `${name.startsWith('pficon') ? 'pficon' : 'fa'} ${name}`, 'aria-hidden': 'true' });
}

function item(place: Place, active: boolean, open: () => void): HTMLElement {
  const shownIcon = place.icon ?? placeIcons[place.token];
  return el(
    'button',
    { class: active ? 'active' : '', 'data-place': place.token, 'aria-current': active && 'page', onclick: open },
    place.kind === 'main' && shownIcon !== undefined && icon(shownIcon),
    el('span', { class: 'label-text' }, place.label),
  );
}

function detailContent(webadmin: Webadmin, detail: Place, vm: Ui['vms'][number]): HTMLElement[] {
  if (detail.token === 'general') return [vmGeneral(vm)];
  const bar = toolBar(webadmin, `vms-${detail.token}`);
  const items = vmItems[detail.token]?.(vm);
  return [bar, items ? itemGrid(webadmin, items) : nothing()];
}

/** What stands in a VM's sub-tabs. */
const vmItems: Record<string, ((vm: Ui['vms'][number]) => { id: string; name: string }[]) | undefined> = {
  network_interfaces: ({ id }) => [{ id: `${id}-nic1`, name: 'nic1' }],
  permissions: ({ id }) => [{ id: `${id}-permission1`, name: 'admin (admin)' }],
};

function nothing(): HTMLElement {
  return el('p', { class: 'nothing' }, 'No items to display');
}
