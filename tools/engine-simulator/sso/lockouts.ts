import type { SimUser } from '../people/data';

const ATTEMPTS = 5;
const LOCKED_MS = 60 * 60_000;

/** Wrong passwords of the engine's own directory: the account is locked for an hour after five (aaa-jdbc). */
export class Lockouts {
  private readonly failures = new Map<string, { count: number; last: number }>();

  constructor(private readonly now: () => number) {}

  isLocked({ id }: SimUser): boolean {
    const known = this.failures.get(id);
    return known !== undefined && known.count >= ATTEMPTS && this.now() - known.last < LOCKED_MS;
  }

  fail({ id }: SimUser): void {
    const count = (this.failures.get(id)?.count ?? 0) + 1;
    this.failures.set(id, { count, last: this.now() });
  }

  succeed({ id }: SimUser): void {
    this.failures.delete(id);
  }
}
