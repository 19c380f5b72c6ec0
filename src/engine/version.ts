import type { ProductInfo } from './engine-client';
import { EngineError } from './engine-error';

/** Refuses engines before 3.2, the first with UI plugins. Throws `too_old`. */
export function checkVersion({ version: { major, minor } }: ProductInfo): void {
  if (major > 3 || (major === 3 && minor >= 2)) return;
  throw new EngineError('too_old', `This is an oVirt ${major}.${minor} engine; 3.2 is the oldest that works`);
}
