import type { CallOptions } from '../engine-client';
import type { EngineCalls } from '../engine-calls';
import { EngineError } from '../engine-error';
import type { EngineIdentity, Version } from '../ports';

/**
 * Refuses what an engine is too old for, before it is asked; costs a request each five minutes.
 * @param what begins the message: "Image transfers"
 * @throws EngineError unsupported
 */
export async function demandVersion(
  calls: EngineCalls,
  as: EngineIdentity,
  what: string,
  since: Version,
  options?: CallOptions,
): Promise<Version> {
  const version = await calls.version(as, options);
  if (isSince(version, since)) return version;
  const named = ({ major, minor }: Version) => `${major}.${minor}`;
  throw new EngineError('unsupported', `${what} need an engine from ${named(since)} on; this one is ${named(version)}`);
}

export function isSince(version: Version, { major, minor }: Version): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}
