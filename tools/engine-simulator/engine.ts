import type { Request } from 'express';
import type { EngineData, SimUser } from './data';
import type { Fault } from './faults';
import type { Sessions } from './sessions';
import type { EnginePersonality } from './versions';

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
  data: EngineData;
  sessions: Sessions;
  faults: Fault[];
  requests: LoggedRequest[];
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
