import type { Engine } from '../engine';
import { refuse } from './answer';

/** @throws {Refusal} 409 while a command works on one of these; `refused` is `Cannot add VM` */
export function refuseLocked({ locks }: Engine, refused: string, ...keys: string[]): void {
  if (!keys.some((key) => locks.has(key))) return;
  throw refuse(409, `${refused}. Related operation is currently in progress. Please try again later.`);
}
