import { DATA_CENTER_ID, DEFAULT_CLUSTER_ID, guid } from '../seeds';

export interface SimNetwork {
  id: string;
  name: string;
  dataCenterId: string;
  /** Where VMs' NICs may be in it; the engine itself uses it for more. */
  clusterIds: string[];
  /** `vm`, `display`, `migration`, `management`, … */
  usages: string[];
}

export interface SimVnicProfile {
  id: string;
  name: string;
  networkId: string;
}

export interface NetworksData {
  networks: SimNetwork[];
  vnicProfiles: SimVnicProfile[];
}

/** The management network of each data center, with a profile of the same name, and one of storage alone. */
export function networksData(): NetworksData {
  const edge = { dataCenterId: guid(0xe1, 2), clusterIds: [guid(0xf1, 2)] };
  const main = { dataCenterId: DATA_CENTER_ID, clusterIds: [DEFAULT_CLUSTER_ID] };
  const usages = ['vm', 'display', 'migration', 'management', 'default_route'];
  return {
    networks: [
      { id: '00000000-0000-0000-0000-000000000009', name: 'ovirtmgmt', ...main, usages },
      { id: guid(0xa7, 2), name: 'ovirtmgmt', ...edge, usages },
      { id: guid(0xa7, 3), name: 'storage', ...main, usages: [] },
    ],
    vnicProfiles: [
      {
        id: '0000000a-000a-000a-000a-000000000398',
        name: 'ovirtmgmt',
        networkId: '00000000-0000-0000-0000-000000000009',
      },
      { id: guid(0xa8, 2), name: 'ovirtmgmt', networkId: guid(0xa7, 2) },
    ],
  };
}
