import { isIP } from 'node:net';
import type { Facts, HostAttributes } from '../hosts';

const UUID = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/;
const MAC = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/;
const NO_MAC = '00:00:00:00:00:00';

/** What a machine's facts tell about the host (Foreman: puppet_fact_parser.rb, and Ansible's names for the same). */
export function deriveAttributes(facts: Facts): HostAttributes {
  const first = (...names: string[]): string | undefined => {
    for (const name of names) {
      const value = facts.get(name)?.trim();
      if (value !== undefined && value !== '' && value !== 'NA') return value;
    }
    return undefined;
  };
  const fqdn = first('networking::fqdn', 'fqdn', 'ansible_fqdn');
  return {
    operatingSystem: operatingSystem(first),
    architecture: architecture(
      first(
        'os::architecture',
        'architecture',
        'ansible_architecture',
        'processors::isa',
        'hardwareisa',
        'hardwaremodel',
      ),
    ),
    model: first(
      'dmi::product::name',
      'productname',
      'model',
      'dmi::board::product',
      'boardproductname',
      'ansible_product_name',
      'virtual',
      'ansible_virtualization_type',
    ),
    domain: (first('networking::domain', 'domain', 'ansible_domain') ?? domainOf(fqdn))?.toLowerCase(),
    environment: first('agent_specified_environment', 'environment', 'foreman_environment'),
    hostgroup: normalPath(first('foreman_hostgroup', 'ansible_local::foreman::hostgroup')),
    comment: first('foreman_comment'),
    ip: ['networking::ip', 'ipaddress', 'ansible_default_ipv4::address', 'networking::ip6', 'ipaddress6']
      .map((name) => first(name))
      .find((address) => address !== undefined && isIP(address) !== 0),
    mac: normalMac(first('networking::mac', 'macaddress', 'ansible_default_ipv4::macaddress')),
    uuid: normalUuid(first('dmi::product::uuid', 'uuid', 'productuuid', 'ansible_product_uuid')),
  };
}

type First = (...names: string[]) => string | undefined;

function operatingSystem(first: First): HostAttributes['operatingSystem'] {
  const name = first('os::name', 'operatingsystem', 'ansible_distribution');
  if (name === undefined) return undefined;
  const release =
    first('os::release::full', 'operatingsystemrelease', 'lsbdistrelease', 'ansible_distribution_version') ?? '';
  const numbers = release.split('.').map((part) => /^\d+/.exec(part)?.[0]);
  return {
    name: name === 'windows' ? 'Windows' : name,
    major: numbers[0] ?? '',
    minor: numbers[0] === undefined ? '' : (numbers[1] ?? ''),
  };
}

const ARCHITECTURES = new Map([
  ['amd64', 'x86_64'],
  ['x64', 'x86_64'],
  ['arm64', 'aarch64'],
]);

function architecture(name: string | undefined): string | undefined {
  return name === undefined ? undefined : (ARCHITECTURES.get(name.toLowerCase()) ?? name);
}

function domainOf(fqdn: string | undefined): string | undefined {
  const dot = fqdn?.indexOf('.') ?? -1;
  return dot > 0 ? fqdn?.slice(dot + 1) || undefined : undefined;
}

/** A hostgroup's whole path: "web/frontend". */
function normalPath(value: string | undefined): string | undefined {
  const parts = value?.split('/').map((part) => part.trim());
  return parts?.filter((part) => part !== '').join('/') || undefined;
}

function normalMac(value: string | undefined): string | undefined {
  const digits = value?.toLowerCase().replace(/[^0-9a-f]/g, '');
  const mac = digits?.match(/../g)?.join(':');
  return mac !== undefined && MAC.test(mac) && mac !== NO_MAC ? mac : undefined;
}

/** Lower-case with dashes; an oVirt VM's machine UUID is the VM's id. */
function normalUuid(value: string | undefined): string | undefined {
  return UUID.exec(value?.toLowerCase() ?? '')
    ?.slice(1)
    .join('-');
}
