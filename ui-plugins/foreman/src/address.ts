/**
 * The name of the VM whose own page the address shows, e.g. `#vms-general;name=web1` → `web1` (4.2 and later).
 * Going straight to such an address, as a reload does, fires no selection event
 * (oVirt: ovirt-engine-ui-extensions, vm-migrate.js), so the address itself has to be read.
 */
export function vmNameInAddress(hash: string): string | undefined {
  const [place = '', ...parameters] = hash.replace(/^#/, '').split(';');
  if (!place.startsWith('vms-')) return undefined;
  const name = parameters.find((parameter) => parameter.startsWith('name='))?.slice('name='.length);
  if (!name) return undefined;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Whether the address shows the tab with this token: `#token` for main tabs, `#vms-token;name=…` for a VM's. */
export function addressShows(hash: string, token: string): boolean {
  const place = hash.replace(/^#/, '').split(';')[0];
  return place === token || place === `vms-${token}`;
}

/** Whether the address shows a VM's sub-tab below the grid, as webadmin does before 4.2: it does not name the VM. */
export function showsVmBelowGrid(hash: string): boolean {
  return hash.startsWith('#vms-') && vmNameInAddress(hash) === undefined;
}
