import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { atMost } from '../common/cache-limit';
import { AppError } from '../common/app-error';
import { Clock, DAY_MS, MINUTE_MS } from '../common/clock';
import { networkOf } from '../common/ip-address';
import { LoginRefused, type Blame } from './login-refusal';
import { RecentCounts } from '../audit';

/** As in Foreman (settings: failed_login_attempts_limit). */
const LIMIT = 30;
const WINDOW_MS = 5 * MINUTE_MS;
/** So few logins of one network are tried at a time, so that it can keep neither an engine nor us from others. */
const AT_ONCE = { quick: 4, slow: 16 };
/** `slow`: an engine that refuses a password takes 5 s for it, which nobody else's login is to wait for. */
export type Pace = keyof typeof AT_ONCE;
const MAX_WAITING = 200;
const SOON_SECONDS = 10;

/** Logins of one network, or of one person who is known there. */
interface Line {
  running: number;
  waiting: (() => void)[];
}

/** The line to enter, and how many of it have their turn at a time. */
interface Entry {
  key: string;
  atOnce: number;
}

interface Tried {
  pair: string;
  network: string;
}

/**
 * Counts failed logins per network (an address, and of IPv6 a /64), and per account and network together; in memory, so
 * each instance counts for itself. Who signed in from a network lately is bound by the own count alone: others behind
 * the same address, as all are behind one NAT, cannot lock them out.
 */
@Injectable()
export class FailedLogins {
  private readonly failures: RecentCounts;
  private readonly lines = new Map<string, Line>();
  private readonly trusted = new LRUCache<string, true>({ ...atMost(20_000), ttl: DAY_MS });
  /** Where those are who signed in lately. */
  private readonly trustedNetworks = new LRUCache<string, true>({ ...atMost(20_000), ttl: DAY_MS });

  constructor(clock: Clock) {
    this.failures = new RecentCounts(clock, WINDOW_MS);
  }

  /**
   * Tries a login. What is being tried counts as failed until it is not, so that guesses sent at the same time are
   * bound, too: no more are tried at once than may fail, the others wait for their turn.
   * @param work null = a wrong guess; of a LoginRefused its `blame` tells; other errors are nobody's fault
   * @throws AppError too_many_requests, and what the work throws
   */
  async attempt<T>(address: string, login: string, work: () => Promise<T>, pace: Pace = 'quick'): Promise<T> {
    const tried = triedBy(address, login);
    const leave = await this.enter(address, () => this.entryOf(address, tried, pace));
    try {
      const found = await work();
      if (found === null) this.failed(address, login, 'both');
      else this.succeeded(address, login);
      return found;
    } catch (error) {
      if (error instanceof LoginRefused) this.failed(address, login, error.blame);
      throw error;
    } finally {
      leave();
    }
  }

  /** @throws AppError too_many_requests where nobody could log in now, whoever it is */
  demandAnyLeft(address: string): void {
    const network = networkOf(address);
    if (!this.trustedNetworks.has(network)) this.demandLeft(address, [network]);
  }

  /** Whether an account has failed too often from there, whatever others do. */
  isExhausted(address: string, login: string): boolean {
    return this.failures.of(triedBy(address, login).pair) >= LIMIT;
  }

  failed(address: string, login: string, blame: Blame): void {
    const { pair, network } = triedBy(address, login);
    if (blame === 'both' || blame === 'account') this.failures.add(pair);
    if (blame === 'both' || blame === 'address') this.failures.add(network);
  }

  private succeeded(address: string, login: string): void {
    const { pair, network } = triedBy(address, login);
    this.trusted.set(pair, true);
    this.trustedNetworks.set(network, true);
    this.failures.forget(pair);
  }

  private entryOf(address: string, tried: Tried, pace: Pace): Entry {
    const counted = this.countedBy(tried);
    const left = this.demandLeft(address, counted);
    return { key: `${pace} ${counted.at(-1) ?? tried.network}`, atOnce: Math.min(left, AT_ONCE[pace]) };
  }

  /** @returns how many more may fail */
  private demandLeft(address: string, counted: string[]): number {
    const left = LIMIT - Math.max(...counted.map((key) => this.failures.of(key)));
    if (left <= 0) throw tooMany(`failed logins from ${address}`, this.waitSeconds(counted));
    return left;
  }

  /** @param entryNow looked at anew whenever somebody left @returns to be called at the end */
  private async enter(address: string, entryNow: () => Entry): Promise<() => void> {
    for (;;) {
      const { key, atOnce } = entryNow();
      const line = this.lineOf(key);
      if (line.running < atOnce) {
        line.running += 1;
        return () => this.leave(key, line);
      }
      if (line.waiting.length >= MAX_WAITING) throw tooMany(`logins at once from ${address}`, SOON_SECONDS);
      await new Promise<void>((resolve) => line.waiting.push(resolve));
    }
  }

  private leave(key: string, line: Line): void {
    line.running -= 1;
    if (line.running === 0) this.lines.delete(key);
    for (const goOn of line.waiting.splice(0)) goOn();
  }

  private lineOf(key: string): Line {
    const known = this.lines.get(key);
    if (known !== undefined) return known;
    const line = { running: 0, waiting: [] };
    this.lines.set(key, line);
    return line;
  }

  /** Whose failures bind this login. */
  private countedBy({ pair, network }: Tried): string[] {
    return this.trusted.has(pair) ? [pair] : [pair, network];
  }

  private waitSeconds(keys: string[]): number {
    const full = keys.filter((key) => this.failures.of(key) >= LIMIT);
    return Math.ceil(Math.max(...full.map((key) => this.failures.leftMs(key))) / 1_000);
  }
}

function tooMany(what: string, seconds: number): AppError {
  const wait = seconds < 60 ? 'in a moment' : `in ${Math.ceil(seconds / 60)} min`;
  return new AppError('too_many_requests', `Too many ${what}. Try again ${wait}.`, {
    reason: 'too_many_attempts',
    retryAfterSeconds: seconds,
  });
}

function triedBy(address: string, login: string): Tried {
  const network = networkOf(address);
  return { network, pair: `${network}\n${login.toLowerCase().slice(0, 255)}` };
}
