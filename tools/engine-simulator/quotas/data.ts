import { DATA_CENTER_ID, guid } from '../seeds';

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

export interface QuotasData {
  quotas: SimQuota[];
}

/** Every data center has a default one without limits. */
export const quotasData = (): QuotasData => ({
  quotas: [DATA_CENTER_ID, guid(0xe1, 2)].map((dataCenterId, n) => ({
    ...{ id: guid(0xa9, n + 1), name: 'Default', description: 'Default unlimited quota', dataCenterId, consumers: [] },
  })),
});
