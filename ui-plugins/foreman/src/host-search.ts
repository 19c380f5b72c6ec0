import type { LegacyHost } from '../../../src/contracts/plugin-service';
import type { NamedEntity } from '../../shared/src/selection';

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** The host search for a VM, or `undefined` when nothing is known of it: `uuid="…" or name="…"`. */
export function searchFor(vm: NamedEntity): string | undefined {
  const terms = [vm.id && `uuid=${quoted(vm.id)}`, vm.name && `name=${quoted(vm.name)}`].filter(Boolean);
  return terms.length > 0 ? terms.join(' or ') : undefined;
}

/**
 * The name of the VM's host among those found: the one with its uuid, else the only one with its name.
 * Both are compared regardless of case, names as a whole; two hosts of one name are no answer.
 */
export function chooseHost(vm: NamedEntity, found: LegacyHost[]): string | undefined {
  const hosts = found.map((row) => row.host);
  const id = vm.id?.toLowerCase();
  const byUuid = id && hosts.find((host) => host.uuid?.toLowerCase() === id);
  if (byUuid) return byUuid.name;

  const name = vm.name?.toLowerCase();
  const byName = name ? hosts.filter((host) => host.name.toLowerCase() === name) : [];
  return byName.length === 1 ? byName[0]?.name : undefined;
}

/** Keeps what looks like Foreman's host array out of any JSON; anything else is an error. */
export function readHosts(json: unknown): LegacyHost[] {
  if (!Array.isArray(json)) throw new Error('The host search was not answered with a list of hosts');
  return json.filter(isHostRow).map(({ host }) => ({ host: { ...host, uuid: host.uuid ?? null } }));
}

function isHostRow(row: unknown): row is LegacyHost {
  if (typeof row !== 'object' || row === null || !('host' in row)) return false;
  const { host } = row;
  if (typeof host !== 'object' || host === null || !('name' in host)) return false;
  const uuid = 'uuid' in host ? host.uuid : null;
  return typeof host.name === 'string' && (uuid === null || uuid === undefined || typeof uuid === 'string');
}
