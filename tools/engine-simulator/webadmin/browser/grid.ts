import type { WebadminVm } from '../webadmin-engine';
import { el } from './dom';
import type { Webadmin } from './webadmin';

const columns: [string, (vm: WebadminVm) => string][] = [
  ['Host', (vm) => vm.host ?? ''],
  ['IP Addresses', (vm) => vm.ipaddress ?? ''],
  ['FQDN', (vm) => vm.fqdn ?? ''],
  ['Cluster', (vm) => vm.cluster ?? 'Default'],
  ['Memory', (vm) => (vm.memory === undefined ? '' : `${vm.memory}%`)],
  ['CPU', (vm) => (vm.cpu === undefined ? '' : `${vm.cpu}%`)],
  ['Status', (vm) => vm.status],
];

/** Webadmin's grid of VMs; ctrl and shift extend the selection, from 4.2 on a name opens the VM's own page. */
export function vmGrid(webadmin: Webadmin): HTMLElement {
  const rows = webadmin.vms.found;
  const { selection } = webadmin.ui;
  const head = el(
    'tr',
    {},
    el('th', { class: 'state' }),
    el('th', {}, 'Name'),
    ...columns.map(([title]) => el('th', {}, title)),
  );
  const body = rows.map((vm) => {
    const selected = selection.includes(vm);
    const row = el(
      'tr',
      {
        class: selected ? 'selected' : '',
        'aria-selected': String(selected),
        'data-vm': vm.id,
        onclick: (event) => click(webadmin, rows, vm, event),
      },
      el('td', { class: 'state' }, el('span', { class: vm.status === 'Up' ? 'up' : 'down', title: vm.status })),
      el('td', {}, name(webadmin, vm)),
      ...columns.map(([, text]) => el('td', {}, text(vm))),
    );
    return row;
  });
  return el('div', { class: 'grid' }, el('table', {}, el('thead', {}, head), el('tbody', {}, ...body)));
}

function name(webadmin: Webadmin, vm: WebadminVm): HTMLElement | string {
  if (!webadmin.ui.vmPages) return vm.name;
  const open = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    webadmin.vms.open(vm);
  };
  return el('a', { href: '#', onclick: open }, vm.name);
}

function click(webadmin: Webadmin, rows: WebadminVm[], vm: WebadminVm, event: MouseEvent): void {
  const { selection } = webadmin.ui;
  const anchor = selection[0];
  if (event.shiftKey && anchor) {
    const [from = 0, to = 0] = [rows.indexOf(anchor), rows.indexOf(vm)].sort((a, b) => a - b);
    const range = rows.slice(from, to + 1);
    return webadmin.select([anchor, ...range.filter((other) => other !== anchor)]);
  }
  if (!event.ctrlKey && !event.metaKey) {
    const isAlready = webadmin.ui.vmPages && selection.length === 1 && anchor === vm;
    return isAlready ? undefined : webadmin.select([vm]);
  }
  webadmin.select(selection.includes(vm) ? selection.filter((other) => other !== vm) : [...selection, vm]);
}

/** What belongs to a VM, in one of its sub-tabs. */
export function itemGrid(webadmin: Webadmin, items: { id: string; name: string }[]): HTMLElement {
  const { ui } = webadmin;
  const rows = items.map((item) => {
    const selected = ui.items.some(({ id }) => id === item.id);
    const select = () => webadmin.selectItems([item]);
    return el(
      'tr',
      { class: selected ? 'selected' : '', 'data-item': item.id, onclick: select },
      el('td', {}, item.name),
    );
  });
  const head = el('thead', {}, el('tr', {}, el('th', {}, 'Name')));
  return el('div', { class: 'grid' }, el('table', {}, head, el('tbody', {}, ...rows)));
}

/** The few facts that webadmin's General sub-tab shows of a VM. */
export function vmGeneral(vm: WebadminVm): HTMLElement {
  const facts = [['Name', vm.name], ['VM ID', vm.id], ...columns.map(([title, text]) => [title, text(vm)])];
  return el(
    'dl',
    { class: 'general' },
    ...facts.flatMap(([term, text]) => [el('dt', {}, term), el('dd', {}, text || 'N/A')]),
  );
}
