import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AppError } from '../common/app-error';
import { Clock, DAY_MS, MINUTE_MS } from '../common/clock';
import { networkOf } from '../common/ip-address';

/** As in Foreman (settings: failed_login_attempts_limit). */
const LIMIT = 30;
const WINDOW_MS = 5 * MINUTE_MS;

interface Failures {
  count: number;
  since: number;
}

/**
 * Counts failed logins per address (of IPv6, per /64: one person has as many as they like), and per account and address together; in memory, so each instance counts for
 * itself. Who signed in from an address lately is bound by the own count alone: others behind the same address, as all
 * are behind one NAT, cannot lock them out.
 */
@Injectable()
export class FailedLogins {
  private readonly failures = new LRUCache<string, Failures>({ max: 20_000 });
  /** The last password that is being tried for an address. */
  private readonly turns = new Map<string, Promise<void>>();
  private readonly trusted = new LRUCache<string, true>({ max: 20_000, ttl: DAY_MS });

  constructor(private readonly clock: Clock) {}

  /**
   * Tries a password, one after the other for each address, so that guesses sent at the same time are counted, too.
   * @param verify null = the password is wrong
   * @throws AppError too_many_requests
   */
  async guarded<T>(address: string, login: string, verify: () => Promise<T | null>): Promise<T | null> {
    const network = networkOf(address);
    const turn = (this.turns.get(network) ?? Promise.resolve()).then(async () => {
      this.check(address, login);
      const found = await verify();
      if (found === null) this.failed(address, login);
      return found;
    });
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.turns.set(network, settled);
    try {
      return await turn;
    } finally {
      if (this.turns.get(network) === settled) this.turns.delete(network);
    }
  }

  /** @throws AppError too_many_requests */
  check(address: string, login: string): void {
    const pair = pairOf(address, login);
    const waits = [this.waitMs(pair), this.trusted.has(pair) ? 0 : this.waitMs(networkOf(address))];
    const seconds = Math.ceil(Math.max(...waits) / 1_000);
    if (seconds === 0) return;
    throw new AppError(
      'too_many_requests',
      `Too many failed logins from ${address}. Try again in ${Math.ceil(seconds / 60)} min.`,
      { reason: 'too_many_attempts', retryAfterSeconds: seconds },
    );
  }

  failed(address: string, login: string): void {
    for (const key of [pairOf(address, login), networkOf(address)]) {
      const known = this.current(key);
      if (known === undefined) this.failures.set(key, { count: 1, since: this.nowMs });
      else known.count += 1;
    }
  }

  succeeded(address: string, login: string): void {
    const pair = pairOf(address, login);
    this.trusted.set(pair, true);
    this.failures.delete(pair);
  }

  private waitMs(key: string): number {
    const known = this.current(key);
    return known === undefined || known.count < LIMIT ? 0 : known.since + WINDOW_MS - this.nowMs;
  }

  private current(key: string): Failures | undefined {
    const known = this.failures.get(key);
    return known !== undefined && known.since + WINDOW_MS > this.nowMs ? known : undefined;
  }

  private get nowMs(): number {
    return this.clock.now().getTime();
  }
}

function pairOf(address: string, login: string): string {
  return `${networkOf(address)}\n${login.toLowerCase().slice(0, 255)}`;
}
