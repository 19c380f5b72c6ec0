import type { ProductInfo } from './engine-client';
import { EngineError } from './engine-error';

/** Refuses engines before 3.2, the first with UI plugins. Throws `too_old`. */
export function checkVersion({ version: { major, minor } }: ProductInfo): void {
  if (major > 3 || (major === 3 && minor >= 2)) return;
  throw new EngineError('too_old', `This is an oVirt ${major}.${minor} engine; 3.2 is the oldest that works`);
}

/** Major, minor, build and revision, such as `4.3.9.4`; those that an engine does not tell are 0. */
export type VersionNumbers = readonly [number, number, number, number];

/** Of `4.3.9.4-1.el7`, or of the numbers alone where the engine tells no more. */
export function versionNumbers({ version, fullVersion }: ProductInfo): VersionNumbers {
  const [, , , build = '0', revision = '0'] = /^(\d+)\.(\d+)(?:\.(\d+)(?:\.(\d+))?)?/.exec(fullVersion) ?? [];
  return [version.major, version.minor, Number(build), Number(revision)];
}

/** @param oldest such as `4.3.9.4` */
export function isAtLeast(version: VersionNumbers, oldest: string): boolean {
  const wanted = oldest.split('.').map(Number);
  for (const [index, number] of version.entries()) {
    const difference = number - (wanted[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
