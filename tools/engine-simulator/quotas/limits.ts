import type { EngineData } from '../data';
import { GIB } from '../seeds';
import type { SimVm } from '../vms/data';
import type { SimDataCenter } from '../places/data';

/** Whether a VM's start would take more than its quota, where the data center holds to it. */
export function overQuota({ quotas, vms }: EngineData, dataCenter: SimDataCenter, vm: SimVm): boolean {
  const quota = quotas.find(({ id }) => id === vm.quotaId);
  if (!quota || dataCenter.quotaMode !== 'enabled') return false;
  const used = [...vms.filter((other) => other.quotaId === quota.id && other.hostId !== undefined), vm];
  const cpus = used.reduce((sum, { sockets, cores, threads }) => sum + sockets * cores * threads, 0);
  const memory = used.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  return cpus > (quota.cpus ?? Infinity) || memory > (quota.memoryGib ?? Infinity) * GIB;
}
