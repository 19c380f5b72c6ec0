/** "2026-11-22 20:26:15 UTC", as Foreman 3.x writes instants in JSON; null stays null. */
export function foremanTime(at: Date): string;
export function foremanTime(at: Date | null): string | null;
export function foremanTime(at: Date | null): string | null {
  return at === null ? null : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** "2026-11-22T20:26:15Z", as Foreman 1.1 wrote instants in JSON. */
export function secondsTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
