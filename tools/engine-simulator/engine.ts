import type { Request } from 'express';
import type { Clock } from './clock';
import type { EngineData } from './data';
import type { Fault } from './faults';
import type { DiskFiles } from './imageio/disk-files';
import type { HostsImageio } from './imageio/hosts-imageio';
import type { ImportFailure } from './images/data';
import type { SimUser } from './people/data';
import type { Lockouts } from './sso/lockouts';
import type { Sessions } from './sso/sessions';
import type { Timing } from './timing';
import type { EnginePersonality } from './versions';
import type { HostMoods } from './vms/hosts';

/** One request the engine answered or refused. `status` is 0 while unanswered or when the connection was cut. */
export interface LoggedRequest {
  method: string;
  path: string;
  status: number;
}

/** Everything the simulator's parts share. */
export interface Engine {
  personality: EnginePersonality;
  /** Apache with mod_auth_openidc stands before the API, and Keycloak knows the people. */
  behindKeycloak: boolean;
  /** How long a wrong password is left without its answer. */
  refusalDelayMs: number;
  /** How long a silent host leaves a stop without its answer. */
  silenceDelayMs: number;
  data: EngineData;
  clock: Clock;
  timing: Timing;
  sessions: Sessions;
  lockouts: Lockouts;
  faults: Fault[];
  /** What a command works on; others are refused meanwhile (`Related operation is currently in progress`). */
  locks: Set<string>;
  hosts: HostMoods;
  diskFiles: DiskFiles;
  imageio: HostsImageio;
  importFailures: ImportFailure[];
  requests: LoggedRequest[];
  /** The origin. */
  url: string;
  /** PEM of the engine's authority; empty without HTTPS. */
  ca: string;
}

/** `admin@internal` up to 3.5, `admin@internal-authz` from 3.6 on: what webadmin and REST show. */
export function userNameOf(user: SimUser, { authzNames }: EnginePersonality): string {
  return `${user.login}@${user.domain}${authzNames ? '-authz' : ''}`;
}

/** The user whose `login@domain` and password these are. */
export function userByPassword(engine: Engine, name: string, password: string): SimUser | undefined {
  return engine.data.users.find((user) => `${user.login}@${user.domain}` === name && user.password === password);
}

/** Name and password of `Authorization: Basic`, or undefined. */
export function basicCredentials(request: Request): { name: string; password: string } | undefined {
  const encoded = /^Basic (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const [, name, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  return name === undefined || password === undefined ? undefined : { name, password };
}
