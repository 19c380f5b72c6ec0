import { DATA_CENTER_ID, GIB, guid, IMAGE_DOMAIN_ID } from '../seeds';

export interface SimStorageDomain {
  id: string;
  name: string;
  description: string;
  /** `image`: of a Glance provider, which no data center has. */
  type: 'data' | 'iso' | 'export' | 'image';
  /** `nfs`, `iscsi`, `glance`, … */
  storageType: string;
  /** `active`, `maintenance`, `unknown`, …; of providers `unattached`. */
  status: string;
  dataCenterId: string | null;
  /** Null: of providers, which have no sizes. */
  availableBytes: number | null;
  usedBytes: number;
  /** GiB that have to be left. */
  blockerGib: number;
  master?: boolean;
  backup?: boolean;
}

export interface StorageData {
  storageDomains: SimStorageDomain[];
}

export const DATA_DOMAIN_ID = guid(0xa6, 1);

/** A data center's domains: one with room, one that is nearly full, one of ISO files; and that of a provider of images. */
export const storageData = (): StorageData => ({
  storageDomains: [
    simStorageDomain({ id: DATA_DOMAIN_ID, name: 'data', master: true }),
    simStorageDomain({ id: guid(0xa6, 2), name: 'archive', storageType: 'iscsi', availableBytes: 6 * GIB }),
    simStorageDomain({ id: guid(0xa6, 3), name: 'isos', type: 'iso' }),
    imageDomain({ id: IMAGE_DOMAIN_ID, name: 'glance' }),
  ],
});

/** An active data domain of 1,024 GiB, of which 900 are free. */
export function simStorageDomain(given: Partial<SimStorageDomain> & { id: string; name: string }): SimStorageDomain {
  return {
    ...{ description: '', type: 'data', storageType: 'nfs', status: 'active', dataCenterId: DATA_CENTER_ID },
    ...{ availableBytes: 900 * GIB, usedBytes: 124 * GIB, blockerGib: 5 },
    ...given,
  };
}

/** That of a Glance provider. */
export const imageDomain = (given: { id: string; name: string; description?: string }): SimStorageDomain =>
  simStorageDomain({
    ...given,
    ...{ type: 'image', storageType: 'glance', status: 'unattached', dataCenterId: null },
    ...{ availableBytes: null, usedBytes: 0, blockerGib: 0 },
  });
