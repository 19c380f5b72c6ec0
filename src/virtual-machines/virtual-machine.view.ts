import { compare, printSearch } from '../search';
import type { Urls } from '../web';
import { hostsLink, formatCount, timeView, type TimeView } from '../view-kit';
import type { VmSighting } from './virtual-machine.reader';

interface Row {
  label: string;
  /** What the row is about, where there may be several of its kind; it may be long, and wraps. */
  name?: string;
  value: string;
  href?: string;
}

/** Locals of virtual-machines/show.hbs, a part of the host's page. */
export interface VirtualMachinePart {
  layout: false;
  rows: Row[];
  /** Why nothing is shown, or what is shown is old. */
  notice?: string;
  /** When the engine told what is shown, if that is not now. */
  seen?: TimeView;
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** 4294967296 → "4 GiB". */
function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${formatCount(Number(value.toFixed(value < 10 ? 1 : 0)))} ${UNITS[step] ?? ''}`;
}

export function virtualMachinePart(sighting: VmSighting, urls: Urls, now: Date): VirtualMachinePart {
  switch (sighting.kind) {
    case 'none':
      return { layout: false, rows: [], notice: 'No registered engine has a virtual machine with this host’s UUID.' };
    case 'unknown':
      return { layout: false, rows: [], notice: `${sighting.fault}. Nothing is known of the virtual machine yet.` };
    case 'remembered': {
      const seen = timeView(sighting.seenAt, now, 'relative');
      return { layout: false, rows: rowsOf(sighting, urls), notice: `${sighting.fault}.`, seen };
    }
    case 'live':
      return { layout: false, rows: rowsOf(sighting, urls) };
  }
}

const SMALL_WORDS = ['for'];

/** The engine's `wait_for_launch` as webadmin writes it: "Wait for Launch" (oVirt: LocalizedEnums.properties). */
export function statusText(status: string): string {
  const words = status.toLowerCase().split('_');
  return words
    .map((word) => (SMALL_WORDS.includes(word) ? word : word.replace(/^./, (c) => c.toUpperCase())))
    .join(' ');
}

/** Foreman's rows (Foreman: compute_resources_vms/show/_ovirt.html.erb), with all CPUs and sizes as provisioned. */
function rowsOf({ vm, computeResource }: Extract<VmSighting, { vm: unknown }>, urls: Urls): Row[] {
  const displays = vm.displays.map(({ type, address, port }) => {
    const place = [address, port].filter((part) => part !== null).join(':');
    return place === '' ? type.toUpperCase() : `${type.toUpperCase()} at ${place}`;
  });
  return [
    { label: 'Name', value: vm.name },
    { label: 'Status', value: statusText(vm.status) },
    { label: 'vCPUs', value: formatCount(vm.vcpus) },
    { label: 'Memory', value: formatBytes(vm.memoryBytes) },
    ...(vm.status === 'down' ? [] : [{ label: 'Display', value: displays.join(', ') }]),
    ...vm.nics.map(({ name, mac, addresses }) => ({
      label: 'NIC',
      name,
      value: [mac ?? '', ...addresses].filter((part) => part !== '').join(', '),
    })),
    ...vm.disks.map(({ name, provisionedBytes }) => ({ label: 'Disk', name, value: formatBytes(provisionedBytes) })),
    {
      label: 'Engine',
      value: computeResource.name,
      href: hostsLink(urls, printSearch(compare('compute_resource', '=', computeResource.name))),
    },
  ];
}

/** The same as JSON; `state` is current, last_known, none or unknown. */
export function virtualMachineJson(sighting: VmSighting): object {
  if (sighting.kind === 'none') return { state: 'none', virtual_machine: null };
  if (sighting.kind === 'unknown') return { state: 'unknown', virtual_machine: null, message: sighting.fault };
  const { vm, computeResource, seenAt } = sighting;
  return {
    state: sighting.kind === 'live' ? 'current' : 'last_known',
    seen_at: seenAt.toISOString(),
    ...(sighting.kind === 'remembered' && { message: sighting.fault }),
    compute_resource: computeResource,
    virtual_machine: {
      id: vm.id,
      name: vm.name,
      status: vm.status,
      fqdn: vm.fqdn,
      vcpus: vm.vcpus,
      memory: vm.memoryBytes,
      displays: vm.displays,
      nics: vm.nics,
      disks: vm.disks.map(({ name, provisionedBytes }) => ({ name, provisioned_size: provisionedBytes })),
    },
  };
}
