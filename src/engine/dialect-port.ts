import type { z } from 'zod';
import type { ServiceAccount, Vm } from './engine-client';
import type { Credentials, EngineHttp } from './engine-http';

/** GETs a path below the API with fixed credentials and parses the answer; throws EngineError. */
export type Read = <T extends z.ZodType>(path: string, schema: T) => Promise<z.output<T>>;

/** What differs between the engine generations. Chosen by `detectDialect`. */
export interface Dialect {
  /** Path of the API, such as `/ovirt-engine/api`. */
  base: string;
  /** Credentials of a user's session; the secret has been checked. */
  sessionCredentials(secret: string): Credentials;
  /** Signs somebody in by password. The first of the secrets is that of the session. */
  login(http: EngineHttp, account: ServiceAccount, signal: AbortSignal): Promise<Credentials>;
  /** What `login` gave, for whoever may be no administrator. */
  personalCredentials(http: EngineHttp, credentials: Credentials, signal: AbortSignal): Promise<Credentials>;
  /** Ends a session that `login` gave. */
  logout(http: EngineHttp, credentials: Credentials, signal: AbortSignal): Promise<void>;
  /** The path of one page of VMs by name, `VM_PAGE_SIZE` per page, counted from 1. */
  vmPagePath(page: number): string;
  /** A VM's displays, when its own representation does not tell them completely. */
  displaysOf(read: Read, vm: { id: string; display: Vm['displays'][number] | null }): Promise<Vm['displays']>;
  disksOf(read: Read, vmId: string): Promise<Vm['disks']>;
}

/** Every list carries whole cloud-init scripts: so many of 64 KiB each, written as JSON, stay well below the largest answer that is taken. */
export const VM_PAGE_SIZE = 50;
