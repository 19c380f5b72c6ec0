import { GIB } from '../seeds';

export interface SimDisk {
  id: string;
  name: string;
  provisionedBytes: number;
  description?: string;
  /** Default `ok`. */
  status?: 'ok' | 'locked' | 'illegal';
  /** Default `cow`. */
  format?: 'cow' | 'raw';
  /** Default true. */
  sparse?: boolean;
  storageDomainId?: string;
  /** Its volume is not there yet. */
  isBeingMade?: boolean;
  /** Default: a third of what is provisioned. */
  actualBytes?: number;
  quotaId?: string;
  /** How its bytes were uploaded; absent: nobody did. */
  sentAs?: 'cow' | 'raw';
  /** The template's disk that it builds upon. */
  basedOn?: string;
  /** Of its attachment; default true. */
  bootable?: boolean;
  /** Of its attachment; default `virtio_scsi`. */
  interface?: string;
  /** Of its attachment; default true. */
  active?: boolean;
}

export interface DisksData {
  /** Those of no VM and no template; what is attached is in `vm.disks` or `template.disks`. */
  disks: SimDisk[];
}

export const disksData = (): DisksData => ({ disks: [] });

/** A disk of 40 GiB. */
export const simDisk = (id: string, name: string): SimDisk => ({ id, name, provisionedBytes: 40 * GIB });
