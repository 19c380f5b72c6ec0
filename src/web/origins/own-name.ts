import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** `engine.example.com` and `engine`. */
const MACHINE = [hostname().toLowerCase(), hostname().toLowerCase().split('.')[0]];

/**
 * Whether pages of this host are ours, once a browser has reached us by it: names of the machine and of loopback, and
 * those that were set. An address needs no list, since no DNS leads it elsewhere.
 * @param name as `URL.hostname` has it
 */
export function isOwnName(name: string, allowed: readonly string[]): boolean {
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
  return isAddress || /(^|\.)localhost$/.test(name) || MACHINE.includes(name) || allowed.includes(name);
}
