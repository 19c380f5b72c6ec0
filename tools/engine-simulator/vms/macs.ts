import type { Engine } from '../engine';
import { pooledMac } from './data';

/** The first address of the pool that no VM has. */
export function freeMac({ data }: Engine): string {
  const taken = new Set(data.vms.flatMap((vm) => vm.nics.map((nic) => nic.mac)));
  let n = 0;
  while (taken.has(pooledMac(n))) n += 1;
  return pooledMac(n);
}
