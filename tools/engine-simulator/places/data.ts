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

export interface PlacesData {
  dataCenters: SimDataCenter[];
  clusters: SimCluster[];
  hosts: SimHost[];
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
    hosts: [1, 2].map((n) => ({
      ...{ id: guid(0xa5, n), name: `node${n}.example.com`, clusterId: DEFAULT_CLUSTER_ID },
      ...{ status: 'up', address: `10.34.255.${n}` },
    })),
  };
}
