import type { ListRow } from '../webadmin-engine';
import { el } from './dom';
import type { Webadmin } from './webadmin';

/** The lists beside that of the VMs: the token of the place, and the type of what it lists. */
const entityTypes: Record<string, string> = {
  ...{ templates: 'Template', hosts: 'Host', dataCenters: 'DataCenter', clusters: 'Cluster', networks: 'Network' },
  ...{ storage: 'Storage', disks: 'Disk', users: 'User', events: 'Event' },
};

export function entityTypeOf(token: string): string | undefined {
  return entityTypes[token];
}

/** The token of the list with entities of this type. */
export function listOf(entityType: string): string | undefined {
  return Object.keys(entityTypes).find((token) => entityTypes[token] === entityType);
}

/** A plain list: of each row what names it; a click selects. */
export function entityList(webadmin: Webadmin, token: string, rows: ListRow[]): HTMLElement {
  const selected = webadmin.ui.rows[token] ?? [];
  const body = rows.map((row) =>
    el(
      'tr',
      {
        class: selected.includes(row) ? 'selected' : '',
        'data-row': row.id,
        onclick: () => webadmin.selectRows(token, [row]),
      },
      el('td', {}, nameOf(row)),
    ),
  );
  const head = el('thead', {}, el('tr', {}, el('th', {}, 'Name')));
  return el('div', { class: 'grid' }, el('table', {}, head, el('tbody', {}, ...body)));
}

function nameOf({ id, name, username, message }: ListRow): string {
  return [name, username, message].find((text) => typeof text === 'string') ?? id;
}
