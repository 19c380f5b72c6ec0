import type { CallOptions } from '../engine-client';
import type { ListOptions, WriteOptions } from './calls';
import type { EngineIdentity } from './identity';

export type DiskFormat = 'cow' | 'raw';

export interface EngineDisk {
  id: string;
  name: string;
  description: string | null;
  /** `ok`, `locked`, `illegal`. */
  status: string;
  provisionedBytes: number;
  actualBytes: number | null;
  format: DiskFormat | null;
  sparse: boolean;
  storageDomainIds: string[];
}

export interface NewDisk {
  /** Chosen by the caller, so that a create can be repeated. */
  id?: string;
  name: string;
  description?: string;
  provisionedBytes: number;
  /** Room for what will be sent; counts for sparse `cow` on block storage. */
  initialBytes?: number;
  format: DiskFormat;
  sparse: boolean;
  storageDomainId: string;
  quotaId?: string;
}

export interface EngineAttachment {
  /** Of the disk, too. */
  id: string;
  interface: string;
  bootable: boolean;
  active: boolean;
  disk: EngineDisk | null;
}

export interface NewAttachment {
  diskId: string;
  /** Default `virtio_scsi`. */
  interface?: string;
  bootable?: boolean;
}

export interface EngineDisks {
  get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineDisk | null>;
  list(as: EngineIdentity, options?: ListOptions): Promise<EngineDisk[]>;
  create(as: EngineIdentity, disk: NewDisk, options: WriteOptions): Promise<EngineDisk>;
  remove(as: EngineIdentity, id: string, options: WriteOptions): Promise<void>;
  /** Of a VM, with their disks; one request. */
  attachments(as: EngineIdentity, vmId: string, options?: CallOptions): Promise<EngineAttachment[]>;
  /** Of a template, with their disks; one request, but for 4.0 and 4.1. */
  templateAttachments(as: EngineIdentity, templateId: string, options?: CallOptions): Promise<EngineAttachment[]>;
  attach(as: EngineIdentity, vmId: string, attachment: NewAttachment, options: WriteOptions): Promise<void>;
  detach(as: EngineIdentity, vmId: string, diskId: string, options: WriteOptions): Promise<void>;
  /** Larger only. */
  resize(as: EngineIdentity, vmId: string, diskId: string, bytes: number, options: WriteOptions): Promise<void>;
}
