import type { CallOptions } from '../engine-client';
import type { ListOptions, Started, WriteOptions } from './calls';
import type { EngineIdentity } from './identity';
import type { NewNic } from './vms';

/** The engine's own template, without disks; VMs that build on no template are of it. */
export const BLANK_TEMPLATE_ID = '00000000-0000-0000-0000-000000000000';

export interface EngineTemplate {
  id: string;
  name: string;
  description: string | null;
  /** `ok`, `locked`, `illegal`. */
  status: string;
  /** Null for Blank, which fits every cluster. */
  clusterId: string | null;
  memoryBytes: number;
  sockets: number;
  cores: number;
  threads: number;
  os: string | null;
  architecture: string | null;
  /** Of its base template, counted from 1; the highest is the latest. */
  versionNumber: number;
  versionName: string | null;
  /** Its own id where it is the base. */
  baseTemplateId: string | null;
}

export interface NewTemplate {
  name: string;
  description?: string;
  /** Must be down. What cloud-init got is not taken over. */
  vmId: string;
  clusterId?: string;
  storageDomainId?: string;
}

export interface TemplateChange {
  name?: string;
  description?: string;
  os?: string;
  memoryBytes?: number;
}

export interface EngineTemplates {
  get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineTemplate | null>;
  list(as: EngineIdentity, options?: ListOptions): Promise<EngineTemplate[]>;
  /** Those of exactly this name that the caller sees, with all their versions; one request. */
  byName(as: EngineIdentity, name: string, options?: CallOptions): Promise<EngineTemplate[]>;
  create(as: EngineIdentity, template: NewTemplate, options: WriteOptions): Promise<EngineTemplate>;
  update(as: EngineIdentity, id: string, change: TemplateChange, options: WriteOptions): Promise<EngineTemplate>;
  addNic(as: EngineIdentity, id: string, nic: NewNic, options: WriteOptions): Promise<void>;
  remove(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started>;
}
