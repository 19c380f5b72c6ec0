import type { Fetch } from './plugin-window';
import type { Webadmin } from './webadmin';

/**
 * The id of the VM with this name, asked from the engine that serves us: an address names a VM without its id, and only
 * the id finds hosts that are called otherwise. `undefined` when the engine does not tell.
 */
export async function vmIdByName(
  webadmin: Webadmin,
  fetch: Fetch,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const token = webadmin.ssoToken();
  // The engine's search has no escape for quotes, and no VM of an engine has one in its name.
  if (!token || name.includes('"')) return undefined;
  const search = encodeURIComponent(`name="${name}"`);
  const answer = await fetch(`${webadmin.engineBaseUrl()}api/vms?search=${search}&max=10`, {
    headers: { Accept: 'application/json', Authorization: `Bearer ${token}`, Version: '4' },
    signal,
  });
  if (!answer.ok) return undefined;
  const body: unknown = await answer.json();
  const vms: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'vm') : undefined;
  const same = Array.isArray(vms) ? vms.filter(isVm).filter((vm) => vm.name === name) : [];
  return same.length === 1 ? same[0]?.id : undefined;
}

function isVm(vm: unknown): vm is { id: string; name: string } {
  return typeof vm === 'object' && vm !== null && 'id' in vm && typeof vm.id === 'string' && 'name' in vm;
}
