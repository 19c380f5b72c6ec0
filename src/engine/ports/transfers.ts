import type { CallOptions } from '../engine-client';
import type { WriteOptions } from './calls';
import type { DiskFormat } from './disks';
import type { EngineIdentity } from './identity';

export interface NewTransfer {
  diskId: string;
  direction: 'upload' | 'download';
  /** Of the bytes that are sent; before 4.4 it must be the disk's own. */
  format: DiskFormat;
  /** Default 60; 0 means for ever. */
  inactivitySeconds?: number;
  /** What inactivity does (4.5+). Older engines pause uploads, whatever is wanted: cancel those that were forgotten. */
  timeoutPolicy?: 'legacy' | 'pause' | 'cancel';
}

export interface EngineTransfer {
  id: string;
  /** `initializing`, `transferring`, `paused_user`, `finalizing_success`, `finished_success`, `finished_failure`, … */
  phase: string;
  diskId: string | null;
  /** On the host; the better way where it is reachable. Absent until the ticket exists. */
  transferUrl: string | null;
  /** Through the engine's machine. */
  proxyUrl: string | null;
  /** Header `Authorization` of requests to the proxy, up to 4.3. */
  signedTicket: string | null;
  transferredBytes: number;
}

export interface EngineTransfers {
  /** From 4.2 on. */
  start(as: EngineIdentity, transfer: NewTransfer, options: WriteOptions): Promise<EngineTransfer>;
  /** Null when the engine has forgotten it: up to 4.4.6 as soon as it ended. */
  get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineTransfer | null>;
  /** The engine takes these whatever the state is: look at the phase afterwards. */
  finalize(as: EngineIdentity, id: string, options: WriteOptions): Promise<void>;
  cancel(as: EngineIdentity, id: string, options: WriteOptions): Promise<void>;
  pause(as: EngineIdentity, id: string, options: WriteOptions): Promise<void>;
  resume(as: EngineIdentity, id: string, options: WriteOptions): Promise<void>;
  /** Counts as activity. */
  extend(as: EngineIdentity, id: string, options: WriteOptions): Promise<void>;
}
