import { LRUCache } from 'lru-cache';
import { atMost } from '../common/cache-limit';

/** Interfaces that come and go with VMs and containers (Foreman: excluded_facts). `*` = anything. */
const INTERFACES = [
  'lo', 'usb*', 'vnet*', 'macvtap*', ';vdsmdummy;', 'veth*', 'docker*', 'tap*', 'qbr*', 'qvb*', 'qvo*', 'qr-*', 'qg-*',
  'vlinuxbr*', 'vovsbr*', 'br-int', 'vif*', 'cali*',
]; // prettier-ignore
/** Virtual functions of a network card, `enp5s0f0v1`. Foreman's `en*v*` takes `environment` and `engine_version` for some. */
const VIRTUAL_FUNCTION = 'en[^:]*\\dv\\d+';

/**
 * Facts that differ at every upload and say nothing for long (Foreman: excluded_facts; Ansible's by the same reason), and
 * `ansible_env`, the environment variables of whoever ran Ansible, which may hold secrets.
 */
const VOLATILE = [
  'load_averages::*', 'memory::swap::available*', 'memory::swap::capacity', 'memory::swap::used*',
  'memory::system::available*', 'memory::system::capacity', 'memory::system::used*', 'memoryfree*', 'swapfree*',
  'uptime', 'uptime_*', 'system_uptime::*', 'ansible_date_time::*', 'ansible_memfree_mb', 'ansible_swapfree_mb',
  'ansible_memory_mb::*::free', 'ansible_memory_mb::*::used', 'ansible_memory_mb::swap::cached', 'ansible_uptime_seconds',
  'ansible_loadavg::*', 'ansible_env::*', 'ansible_facts_gathered', 'module_setup', 'gather_subset', '_timestamp', '_type',
]; // prettier-ignore

const pattern = (wildcard: string) =>
  wildcard
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('-', '[-_]')
    .replaceAll('*', '[^:]*');

/** Where the name of an interface stands: `…interfaces::veth1`, `ansible_veth1`, `mtu_veth1`, `ipaddress6_veth1`, … */
const INTERFACE = new RegExp(
  `(?:(?:^|::)interfaces::|^ansible_|(?:^|::)(?:ipaddress6?|macaddress|mtu|netmask6?|network6?|scope6)_)(?:${[...INTERFACES.map(pattern), VIRTUAL_FUNCTION].join('|')})(?:::|$)`,
);
const CHANGING = new RegExp(`^(?:${VOLATILE.map(pattern).join('|')})$`);

const known = new LRUCache<string, boolean>(atMost(20_000));

/** Whether a fact of this name (`networking::interfaces::veth1::mtu`) is not kept. */
export function isExcluded(name: string): boolean {
  let excluded = known.get(name);
  if (excluded === undefined) known.set(name, (excluded = CHANGING.test(name) || INTERFACE.test(name)));
  return excluded;
}
