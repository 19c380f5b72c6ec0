import type { NamedEntity } from './selection';

/**
 * The VM whose own page the address shows (4.2 and later): `#vms-general;name=web1`, or `;id=…` while it is opened.
 * Going straight to such an address fires no selection event (recorded in 4.5), so the address itself has to be read.
 */
export function vmInAddress(hash: string): NamedEntity | undefined {
  return placeOf(hash).startsWith('vms-') ? namedVm(hash) : undefined;
}

/**
 * The VM in the address of a plugin's sub-tab: `#foreman-details;name=web1`, where webadmin has moved on to that VM.
 * @param tokens of the plugin's sub-tabs
 */
export function vmInTabAddress(hash: string, tokens: readonly string[]): NamedEntity | undefined {
  return tokens.some((token) => addressShows(hash, token)) ? namedVm(hash) : undefined;
}

/** Whether the address shows the tab with this token. */
export function addressShows(hash: string, token: string): boolean {
  return placeOf(hash) === token;
}

/** Whether the address shows a VM's sub-tab below the grid, as webadmin does before 4.2: it does not name the VM. */
export function showsVmBelowGrid(hash: string): boolean {
  return hash.startsWith('#vms-') && !hash.includes(';');
}

function placeOf(hash: string): string {
  return hash.replace(/^#/, '').split(';')[0] ?? '';
}

function namedVm(hash: string): NamedEntity | undefined {
  const parameter = (key: string): string | undefined => {
    const given = hash.split(';').find((part) => part.startsWith(`${key}=`));
    return given && decoded(given.slice(key.length + 1));
  };
  const vm = { id: parameter('id'), name: parameter('name') };
  return vm.id || vm.name ? vm : undefined;
}

const escapes: Record<string, string> = { '\\\\': '\\', '\\0': '/', '\\1': ';', '\\2': '=' };

/**
 * Webadmin escapes the separators of its addresses, encodes the value as in a query, and then the whole once more
 * (recorded in 4.5; GWTP: ParameterTokenFormatter.java, GWT: History.java).
 */
function decoded(value: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(value).replaceAll('+', ' ')).replace(
      /\\[\\012]/g,
      (at) => escapes[at] ?? at,
    );
  } catch {
    return value;
  }
}
