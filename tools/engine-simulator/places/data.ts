import { DATA_CENTER_ID, DEFAULT_CLUSTER_ID, guid } from '../seeds';

export interface SimDataCenter {
  id: string;
  name: string;
  description: string;
  /** `up`, `maintenance`, `uninitialized`, `problematic`. */
  status: string;
  /** Default `disabled`. */
  quotaMode?: 'disabled' | 'audit' | 'enabled';
}

export interface SimCluster {
  id: string;
  name: string;
  dataCenterId: string;
}

export interface SimHost {
  id: string;
  name: string;
  clusterId: string;
  /** `up`, `down`, `maintenance`, `connecting`. */
  status: string;
  address: string;
  /** How much one VM may ask for; default: whatever it wants. */
  cpus?: number;
  memoryBytes?: number;
}

/** How much the VMs of a data center may take that are counted to it. */
export interface SimQuota {
  id: string;
  name: string;
  description: string;
  dataCenterId: string;
  /** None: as many as they want. */
  cpus?: number;
  memoryGib?: number;
  /** Ids of users and groups who may use it, besides administrators. */
  consumers: string[];
}

export interface SimVnicProfile {
  id: string;
  name: string;
  networkId: string;
}

export interface PlacesData {
  dataCenters: SimDataCenter[];
  clusters: SimCluster[];
  hosts: SimHost[];
  quotas: SimQuota[];
  vnicProfiles: SimVnicProfile[];
}

export function placesData(): PlacesData {
  const edgeId = guid(0xe1, 2);
  return {
    dataCenters: [
      { id: DATA_CENTER_ID, name: 'Default', description: 'The default Data Center', status: 'up' },
      { id: edgeId, name: 'Lager Köln', description: '', status: 'maintenance' },
    ],
    clusters: [
      { id: DEFAULT_CLUSTER_ID, name: 'Default', dataCenterId: DATA_CENTER_ID },
      { id: guid(0xf1, 2), name: 'edge', dataCenterId: edgeId },
    ],
    quotas: [],
    vnicProfiles: [{ id: guid(0xa7, 1), name: 'ovirtmgmt', networkId: guid(0xa8, 1) }],
    hosts: [1, 2].map((n) => ({
      ...{ id: guid(0xa5, n), name: `node${n}.example.com`, clusterId: DEFAULT_CLUSTER_ID },
      ...{ status: 'up', address: `10.34.255.${n}` },
    })),
  };
}
