import type { WebadminVm } from '../webadmin-engine';
import { el } from './dom';
import type { Webadmin } from './webadmin';

type Column = [string, (vm: WebadminVm) => string];
const percent = (value: number | undefined, none: string): string => (value === undefined ? none : `${value}%`);
const columns3: Column[] = [
  ['Host', (vm) => vm.host ?? ''],
  ['IP Addresses', (vm) => vm.ipaddress ?? ''],
  ['FQDN', (vm) => vm.fqdn ?? ''],
  ['Cluster', (vm) => vm.cluster ?? 'Default'],
  ['Memory', (vm) => percent(vm.memory, '')],
  ['CPU', (vm) => percent(vm.cpu, '')],
  ['Status', (vm) => vm.status],
];
const columns4: Column[] = [
  ['Comment', () => ''],
  ...columns3.slice(0, 4),
  ['Data Center', () => 'Default'],
  ['Memory', (vm) => percent(vm.memory, '--')],
  ['CPU', (vm) => percent(vm.cpu, '--')],
];

/** Webadmin's grid of VMs; ctrl and shift extend the selection, from 4.2 on a name opens the VM's own page. */
export function vmGrid(webadmin: Webadmin): HTMLElement {
  const rows = webadmin.vms.found;
  const { selection, vmPages } = webadmin.ui;
  const columns = vmPages ? columns4 : columns3;
  const head = el(
    'tr',
    {},
    el('th', { class: 'state' }),
    vmPages && el('th', { class: 'state' }),
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
      vmPages &&
        el('td', { class: 'state' }, el('i', { class: 'pficon pficon-virtual-machine', 'aria-hidden': 'true' })),
      el('td', { class: 'name' }, name(webadmin, vm)),
      ...columns.map(([, text]) => el('td', {}, text(vm))),
    );
    return row;
  });
  const pager = el('div', { class: 'pager-bar' }, rows.length > 0 ? `1 - ${rows.length}` : '');
  const table = el('table', {}, el('thead', {}, head), el('tbody', {}, ...body));
  return el('div', { class: 'grid' }, vmPages && pager, table);
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
  const facts = [['Name', vm.name], ['VM ID', vm.id], ...columns3.map(([title, text]) => [title, text(vm)])];
  return el(
    'dl',
    { class: 'general' },
    ...facts.flatMap(([term, text]) => [el('dt', {}, term), el('dd', {}, text || 'N/A')]),
  );
}
