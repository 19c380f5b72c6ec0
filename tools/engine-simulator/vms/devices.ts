import type { Engine } from '../engine';
import { Int, type WireObject } from '../rest/encode';
import { actionsOf, hex, linksOf, reference } from '../rest/references';
import type { SimNic, SimVm } from './data';

/** A NIC of a VM or of a template; `owner` is its collection. */
export function nicOf(base: string, owner: 'vms' | 'templates', ownerId: string, nic: SimNic): WireObject {
  const href = `${base}/${owner}/${ownerId}/nics/${nic.id}`;
  const ofVm = owner === 'vms';
  return {
    ...{ id: nic.id, href, name: nic.name, interface: nic.interface ?? 'virtio', linked: true, plugged: true },
    ...{ synced: true, mac: ofVm ? { address: nic.mac } : undefined },
    vnic_profile: nic.vnicProfileId ? reference(base, 'vnicprofiles', nic.vnicProfileId) : undefined,
    vm: reference(base, owner, ownerId),
    actions: ofVm ? actionsOf(href, ['activate', 'deactivate']) : undefined,
    link: ofVm ? linksOf(href, ['networkfilterparameters', 'statistics', 'reporteddevices']) : undefined,
  };
}

/** What the guest agent reports; its names are the guest's, so only the MAC address tells the NIC. */
export function reportedDeviceOf(
  { personality }: Engine,
  base: string,
  vm: SimVm,
  nic: SimNic,
  index: number,
): WireObject {
  const name = `eth${index}`;
  const id = hex(name + nic.mac);
  return {
    ...{ id, href: `${base}/vms/${vm.id}/reporteddevices/${id}`, name, type: 'network' },
    description: personality.major < 4 ? undefined : 'guest reported data',
    vm: reference(base, 'vms', vm.id),
    mac: { address: nic.mac.toUpperCase() },
    ips: {
      ip: nic.addresses.map((address) => ({ address, version: address.includes(':') ? 'v6' : 'v4' })),
    },
  };
}

/** 4.x shows consoles as a resource of their own. */
export function consoleOf(base: string, vm: SimVm): WireObject[] {
  if (!vm.display) return [];
  const { type, address, port } = vm.display;
  const id = hex(type);
  const href = `${base}/vms/${vm.id}/graphicsconsoles/${id}`;
  return [
    {
      ...{ id, href, protocol: type, vm: reference(base, 'vms', vm.id) },
      ...(address !== '' && { address, port: new Int(port) }),
      actions: actionsOf(href, ['ticket', 'proxyticket', 'remoteviewerconnectionfile']),
    },
  ];
}
