import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What is no address is left as it is. An IPv4 address that comes as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. */
export function plainAddress(text: string): string {
  const address = parse(text);
  return address?.kind() === 'ipv4' ? address.toString() : text;
}

/** Whose address it is: itself, and of IPv6 the /64 that it is in, for one person has as many in it as they like. */
export function networkOf(text: string): string {
  const address = parse(text);
  return address?.kind() === 'ipv6' ? `${address.toByteArray().slice(0, 8).join(':')}/64` : plainAddress(text);
}

/** `192.0.2.1`, `2001:db8::/32` */
export function isAddressOrRange(text: string): boolean {
  return rangeOf(text) !== null;
}

const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');

/**
 * Whether anybody may have it: neither loopback nor private, link-local (with it the clouds' metadata address), multicast,
 * reserved or a tunnel's, and as IPv6 none of these in another form.
 */
export function isPublicAddress(text: string): boolean {
  const address = parse(text);
  if (address === null) return false;
  if (address.kind() === 'ipv4') return address.range() === 'unicast';
  const v6 = address as ipaddr.IPv6;
  // NAT64: the last 32 bits are the IPv4 address that is meant.
  if (v6.range() === 'rfc6052') return isPublicAddress(v6.toByteArray().slice(12).join('.'));
  return v6.range() === 'unicast' && v6.match(GLOBAL_UNICAST, 3);
}

/** Addresses and ranges in CIDR form. */
export class AddressRanges {
  private readonly ranges: Range[];

  /** @param texts what `isAddressOrRange` takes; others match nothing */
  constructor(texts: readonly string[]) {
    this.ranges = texts.map(rangeOf).filter((range) => range !== null);
  }

  has(text: string): boolean {
    const address = parse(text);
    return address !== null && this.ranges.some((range) => isIn(range, address));
  }
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

function isIn([base, bits]: Range, address: Address): boolean {
  if (base.kind() !== address.kind()) return false;
  return (address as ipaddr.IPv4).match(base as ipaddr.IPv4, bits); // or both are IPv6
}

/**
 * Node.js first: ipaddr.js takes `127.1` and `0x7f000001`, too. The WHATWG URL parser writes the last 32 bits of
 * `64:ff9b::192.0.2.1` in hexadecimal: ipaddr.js knows them in decimal after `::ffff:` alone.
 */
function parse(text: string): Address | null {
  if (isIP(text) === 0) return null;
  if (ipaddr.isValid(text)) return ipaddr.process(text);
  const address = URL.parse(`http://[${text.replace(/%.*/, '')}]`)?.hostname.slice(1, -1);
  return address === undefined ? null : ipaddr.process(address);
}

function rangeOf(text: string): Range | null {
  const [ip = '', given, ...rest] = text.split('/');
  const address = parse(ip);
  if (address === null || rest.length > 0) return null;
  const most = address.kind() === 'ipv4' ? 32 : 128;
  if (given === undefined) return [address, most];
  const mapped = address.kind() === 'ipv4' && isIP(ip) === 6 ? 96 : 0;
  const bits = /^\d{1,3}$/.test(given) ? Number(given) - mapped : -1;
  return bits >= 0 && bits <= most ? [address, bits] : null;
}
