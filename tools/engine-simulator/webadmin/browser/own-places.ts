import type { Place } from './ui';

/** Webadmin's own places: token, label, menu container. */
const mainPlaces4 = [
  ['dashboard', 'Dashboard'],
  ...[
    ['vms', 'Virtual Machines', 'compute'],
    ['templates', 'Templates', 'compute'],
    ['hosts', 'Hosts', 'compute'],
    ['dataCenters', 'Data Centers', 'compute'],
    ['clusters', 'Clusters', 'compute'],
  ],
  ...[
    ['networks', 'Networks', 'network'],
    ['storage', 'Domains', 'storage'],
    ['disks', 'Disks', 'storage'],
    ['users', 'Users', 'admin'],
  ],
  ['events', 'Events'],
];
const mainPlaces3 = [
  ...[
    ['dataCenters', 'Data Centers'],
    ['clusters', 'Clusters'],
    ['hosts', 'Hosts'],
    ['networks', 'Networks'],
  ],
  ...[
    ['storage', 'Storage'],
    ['disks', 'Disks'],
    ['vms', 'Virtual Machines'],
    ['templates', 'Templates'],
  ],
  ['users', 'Users'],
];
const vmPlaces3 = [
  ...[
    ['general', 'General'],
    ['network_interfaces', 'Network Interfaces'],
    ['disks', 'Disks'],
  ],
  ...[
    ['snapshots', 'Snapshots'],
    ['events', 'Events'],
  ],
];
const vmPlaces4 = [
  ...[
    ['general', 'General'],
    ['network_interfaces', 'Network Interfaces'],
    ['disks', 'Disks'],
    ['snapshots', 'Snapshots'],
    ['applications', 'Applications'],
    ['containers', 'Containers'],
    ['host_devices', 'Host Devices'],
  ],
  ...[
    ['vm_devices', 'Vm Devices'],
    ['affinity_groups', 'Affinity Groups'],
    ['affinity_labels', 'Affinity Labels'],
    ['guest_info', 'Guest Info'],
    ['permissions', 'Permissions'],
    ['errata', 'Errata'],
    ['events', 'Events'],
  ],
];

const places = (kind: Place['kind'], rows: string[][]): Place[] =>
  rows.map(([token = '', label = '', menuId]) => ({
    ...{ token, label, kind, accessible: true, priority: 0, menuId },
    entityType: kind === 'detail' ? 'VirtualMachine' : undefined,
  }));

/** @param layout of the personality */
export function ownPlaces(layout: '3' | '4'): Place[] {
  return layout === '4'
    ? [...places('main', mainPlaces4), ...places('detail', vmPlaces4)]
    : [...places('main', mainPlaces3), ...places('detail', vmPlaces3)];
}
