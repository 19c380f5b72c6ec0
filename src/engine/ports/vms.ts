import type { CallOptions, VmSummary } from '../engine-client';
import type { ListOptions, Started, WriteOptions } from './calls';
import type { EngineIdentity } from './identity';

/** What cloud-init gets from the engine (oVirt: CloudInitHandler.java), or Ignition where the OS is `rhcos_x64`. */
export interface Initialization {
  hostName?: string;
  userName?: string;
  rootPassword?: string;
  /** One key a line. */
  authorizedSshKeys?: string;
  /** Verbatim behind the engine's own lines; an Ignition document for Ignition. */
  customScript?: string;
  /** Name servers, separated by blanks. */
  dnsServers?: string;
  dnsSearch?: string;
  timezone?: string;
  nics?: {
    name: string;
    bootProtocol: 'dhcp' | 'static' | 'none';
    address?: string;
    netmask?: string;
    gateway?: string;
  }[];
}

/** A file on a CD-ROM that every boot sees. */
export interface Payload {
  volumeId: string;
  /** At most 8,192 characters each. */
  files: { name: string; content: string }[];
}

export interface NewVm {
  /** Chosen by the caller, so that a create can be repeated. Engines that do not take it give another one. */
  id: string;
  /** 1 to 64 letters, digits, `.`, `_` and `-`. */
  name: string;
  /** At most 255 characters. */
  description?: string;
  clusterId: string;
  templateId: string;
  /** A multiple of 1 MiB. */
  memoryBytes?: number;
  sockets?: number;
  cores?: number;
  /** Name of an operating system; one that the engine does not know becomes `other`. */
  os?: string;
  /** Where the template's disks are copied to. */
  storageDomainId?: string;
  /** Copies the template's disks instead of building on them. */
  clone?: boolean;
  quotaId?: string;
  deleteProtected?: boolean;
  /** Null clears the template's, absent keeps it. */
  initialization?: Initialization | null;
  payload?: Payload;
}

/** What is absent stays. */
export interface VmChange {
  name?: string;
  description?: string;
  memoryBytes?: number;
  sockets?: number;
  cores?: number;
  deleteProtected?: boolean;
  initialization?: Initialization | null;
  payload?: Payload | null;
}

export interface EngineVm extends VmSummary {
  description: string | null;
  templateId: string | null;
  memoryBytes: number;
  sockets: number;
  cores: number;
  threads: number;
  os: string | null;
  /** Pause reason, or what is done to it in the background. */
  statusDetail: string | null;
  /** Changes wait for the next start: those have ruined its script (oVirt: OvfReader.java), so send it again. */
  hasNextRunConfiguration: boolean;
  createdAt: Date | null;
  deleteProtected: boolean;
}

export interface EngineNic {
  id: string;
  name: string;
  /** Lower case. */
  mac: string | null;
  vnicProfileId: string | null;
}

export interface NewNic {
  name: string;
  /** Null: no network. */
  vnicProfileId: string | null;
  /** Default `virtio`. */
  interface?: string;
  mac?: string;
}

/** Addresses of a VM's own NICs, as the guest agent tells them: neither link-local ones nor those of bridges in the guest. */
export interface GuestAddress {
  address: string;
  version: 'v4' | 'v6';
  mac: string | null;
}

export interface EngineVms {
  /** Null when there is none, or the caller may not see it. */
  get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineVm | null>;
  list(as: EngineIdentity, options?: ListOptions): Promise<EngineVm[]>;
  /** Those of exactly this name that the caller sees; one request. */
  byName(as: EngineIdentity, name: string, options?: CallOptions): Promise<EngineVm[]>;
  /** Those of these ids that there are, at most 100; one request. */
  byIds(as: EngineIdentity, ids: string[], options?: CallOptions): Promise<EngineVm[]>;
  /** Throws `unsupported` where VMs can be launched and nothing else (3.4 to 4.1). */
  demandChanges(as: EngineIdentity, options?: CallOptions): Promise<void>;
  create(as: EngineIdentity, vm: NewVm, options: WriteOptions): Promise<EngineVm>;
  update(as: EngineIdentity, id: string, change: VmChange, options: WriteOptions): Promise<EngineVm>;
  /**
   * `initialize`: as at the first start, with what the VM has as its initialization; before 4.3.9 a payload is left out then.
   * Without it the engine does so at the first start alone, from 3.5 to 4.2.4 never.
   */
  start(as: EngineIdentity, id: string, options: WriteOptions & { initialize?: boolean }): Promise<Started>;
  /** Of a VM that is down: nothing happens, and it is no error. */
  stop(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started>;
  shutdown(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started>;
  reboot(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started>;
  suspend(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started>;
  /** With its disks unless `keepDisks`. */
  remove(as: EngineIdentity, id: string, options: WriteOptions & { keepDisks?: boolean }): Promise<Started>;

  nics(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineNic[]>;
  addNic(as: EngineIdentity, id: string, nic: NewNic, options: WriteOptions): Promise<EngineNic>;
  updateNic(
    as: EngineIdentity,
    id: string,
    nicId: string,
    change: Partial<NewNic>,
    options: WriteOptions,
  ): Promise<EngineNic>;
  removeNic(as: EngineIdentity, id: string, nicId: string, options: WriteOptions): Promise<void>;
  /** Empty until a guest agent tells any; at most two requests. */
  addresses(as: EngineIdentity, id: string, options?: CallOptions): Promise<GuestAddress[]>;
  /** The same of these VMs, at most 50, by id; those that are not shown are absent. One request from 4.2 on. */
  addressesByIds(as: EngineIdentity, ids: string[], options?: CallOptions): Promise<Map<string, GuestAddress[]>>;
  /** A `.vv` file for virt-viewer; null for a VM without a graphical console. */
  consoleFile(as: EngineIdentity, id: string, options?: CallOptions): Promise<string | null>;
}
