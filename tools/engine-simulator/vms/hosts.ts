import type { SimHost } from '../places/data';

/** How the hosts treat what they are asked, besides their status. */
export interface HostMoods {
  /** So many hosts refuse the next starts, one after the other. */
  refusals: number;
  /** So many hosts take the next VMs and lose them a moment later. */
  crashes: number;
  /** Ids of hosts that do not answer. */
  silent: Set<string>;
  /** What silent hosts are to do when they are back. */
  postponed: { hostId: string; act: () => void }[];
}

export const hostMoods = (): HostMoods => ({ refusals: 0, crashes: 0, silent: new Set(), postponed: [] });

/** The hosts of a cluster that take VMs. */
export function usableHosts(hosts: readonly SimHost[], clusterId: string): SimHost[] {
  return hosts.filter((host) => host.status === 'up' && host.clusterId === clusterId);
}
