import type { WebadminVm } from '../webadmin-engine';

/** The VMs that webadmin's search text finds: `name=web*` or any part of the name, alternatives between `or`. */
export function searchVms(vms: WebadminVm[], text: string): WebadminVm[] {
  const terms = text
    .replace(/^\s*vms:/i, '')
    .split(/\s+or\s+/i)
    .map((term) => term.trim().toLowerCase());
  return vms.filter(({ name }) => terms.some((term) => finds(term, name.toLowerCase())));
}

function finds(term: string, name: string): boolean {
  const wanted = /^name\s*=\s*(.*)$/.exec(term)?.[1];
  if (wanted === undefined) return name.includes(term);
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}
