import type { CallOptions } from '../engine-client';
import type { EngineCalls } from '../engine-calls';
import { EngineError } from '../engine-error';
import type { EngineIdentity, Version } from '../ports';
import { isAtLeast, type VersionNumbers } from '../version';

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
): Promise<VersionNumbers> {
  const version = await calls.version(as, options);
  if (isSince(version, since)) return version;
  const [major, minor] = version;
  throw new EngineError(
    'unsupported',
    `${what} need an engine from ${since.major}.${since.minor} on; this one is ${major}.${minor}`,
  );
}

export function isSince(version: VersionNumbers, { major, minor }: Version): boolean {
  return isAtLeast(version, `${major}.${minor}`);
}
