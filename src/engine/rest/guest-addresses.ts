import { isIP } from 'node:net';
import type { GuestAddress } from '../ports';

interface ReportedDevice {
  name: string;
  mac: string | null;
  addresses: string[];
}

/** What is kept and shown of a guest that has more. */
const MOST = 64;
const LINK_LOCAL = /^fe[89ab][\da-f]:/i;
/** Of containers in the guest, which may borrow a MAC address. */
const BRIDGE = /^(docker|podman|veth|cni|br-)/;

/** The addresses by which a VM is reached, of all that its guest agent tells. */
export function guestAddresses(devices: ReportedDevice[], macs: (string | null)[]): GuestAddress[] {
  const own = devices.filter(({ name, mac }) => mac !== null && macs.includes(mac) && !BRIDGE.test(name));
  const found = new Map<string, GuestAddress>();
  for (const { mac, addresses } of own) {
    for (const address of addresses) {
      const version = isIP(address);
      if (version === 0 || LINK_LOCAL.test(address)) continue;
      found.set(address, { address, version: version === 4 ? 'v4' : 'v6', mac });
    }
  }
  return [...found.values()].slice(0, MOST);
}
