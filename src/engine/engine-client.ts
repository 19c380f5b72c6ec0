import type { EnginePorts } from './ports';

/** Who a caller says owns a session; nothing in it is believed. */
export interface OwnerClaim {
  /** The engine's id of the user (webadmin: `loginUserId()`). */
  userId: string;
  /** `user@domain` (webadmin: `loginUserName()`). */
  login: string;
}

export interface OwnershipRule {
  /**
   * For engines 3.3 to 4.1, which have no proof that every user can give: take "this session can read the claimed
   * user" instead. Whoever holds any live session of such an engine can then sign in as any of its users.
   */
  acceptReadableUser: boolean;
}

/** How an owner was established; `readable_user` proves only that the session lives, `password` that the
 * owner's password was given, whom the engine lists by the name that it was given with. */
export type OwnershipProof = 'authenticated_user' | 'only_visible_user' | 'readable_user' | 'password';

/** A user of an engine; what the engine leaves empty is null. */
export interface EngineUser {
  /** GUID, lower case; stays the same when the user is renamed. */
  id: string;
  /** `admin@internal` up to 3.5, `admin@internal-authz` from 3.6 on. */
  userName: string;
  /** The bare login (3.6+). */
  principal: string | null;
  /** Name of the domain, from 3.6 on the authorization extension (`internal-authz`). */
  domain: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}

export interface SessionOwner extends EngineUser {
  proof: OwnershipProof;
  /** Of the engine that answered; null where it does not tell. */
  instanceId: string | null;
}

/** A new session of a person: a token of 4.x or a session id of 3.x. */
export interface SignedInOwner {
  secret: string;
  owner: SessionOwner;
}

/** `instanceId`: of the engine that answered; null where it does not tell. */
export type SessionState = { alive: true; instanceId: string | null } | { alive: false };

export interface ProductInfo {
  name: string;
  version: { major: number; minor: number };
  /** As the engine puts it: `4.5.4-1.el8`, or `3.2` where it gives numbers alone. */
  fullVersion: string;
  /** Equal for all addresses of one engine; null where the engine does not tell. */
  instanceId: string | null;
}

export interface DataCenter {
  id: string;
  name: string;
  /** `up`, `maintenance`, …; null where unknown. */
  status: string | null;
}

export interface VmSummary {
  /** GUID, lower case; also the machine's BIOS UUID unless it has a custom serial number. */
  id: string;
  name: string;
  /** `up`, `down`, `powering_up`, …; a newer engine may send words not known today. */
  status: string;
  fqdn: string | null;
  clusterId: string | null;
}

export interface Vm extends VmSummary {
  /** Sockets × cores × threads. */
  vcpus: number;
  memoryBytes: number;
  displays: { type: string; address: string | null; port: number | null }[];
  /** MAC addresses in lower case; addresses as the guest agent reports them. */
  nics: { name: string; mac: string | null; addresses: string[] }[];
  disks: { name: string; provisionedBytes: number }[];
}

/** A user of the engine whose password was registered, for questions no signed-in user asks. */
export interface ServiceAccount {
  /** `user@domain`, such as `admin@internal`. Before 4.0 it must be an administrator. */
  user: string;
  password: string;
}

export interface CallOptions {
  /** Gives the call up; it then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What a service account reads. Every method throws EngineError. */
export interface EngineReader {
  productInfo(options?: CallOptions): Promise<ProductInfo>;
  dataCenters(options?: CallOptions): Promise<DataCenter[]>;
  /** Null when the engine has no such VM. */
  virtualMachine(id: string, options?: CallOptions): Promise<Vm | null>;
  /** The first VMs by name, at most `limit` (default 100). */
  virtualMachines(options?: CallOptions & { limit?: number }): Promise<VmSummary[]>;
}

/** One oVirt engine, 3.2 to 4.5. Every method throws EngineError. */
export interface EngineClient extends EnginePorts {
  /**
   * The owner of a live session (3.x session id or 4.x token), established by the engine and not by the claim; compare
   * it with `matchesClaim`. Throws `unauthorized` when the session does not live, `no_rights` when it does and its owner
   * has no role in the engine, `ended_or_no_rights` where the engine does not tell which of the two, `no_proof` where the engine cannot
   * tell and the rule accepts nothing less, `no_such_user` when it accepts less but there is none of that id, `invalid_secret` and `invalid_id` before anything is sent.
   */
  ownerOf(secret: string, claim: OwnerClaim, rule: OwnershipRule, options?: CallOptions): Promise<SessionOwner>;
  /**
   * Signs a person in by password, which is sent once and kept nowhere. Throws `unauthorized` when it is wrong,
   * `no_rights` when it is right and the person has no role in the engine, `no_proof` where an engine of 3.3 to 4.1 does
   * not list them by that name.
   * @param user with the profile at the end, such as `admin@internal`
   */
  signIn(user: string, password: string, options?: CallOptions): Promise<SignedInOwner>;
  /** Ends a session that `signIn` gave. */
  signOut(secret: string, options?: CallOptions): Promise<void>;
  /**
   * Whether a session still lives; dead only when the engine says 401, every other trouble throws. Counts there as the
   * user's activity.
   */
  confirm(secret: string, options?: CallOptions): Promise<SessionState>;
  /** Reads as this account; its engine session is kept and shared between calls. */
  withAccount(account: ServiceAccount): EngineReader;
  /** Signs service accounts out and closes the connections. */
  close(): Promise<void>;
}
