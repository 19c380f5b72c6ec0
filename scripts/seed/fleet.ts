import { type OperatingSystem, type Role, roles } from './catalogue';
import { Random } from './random';

/** How a host behaves over the days. */
type Character =
  | 'steady'
  | 'drifting'
  | 'flaky'
  | 'failing'
  | 'noop'
  | 'silent'
  /** Its facts arrived, a report never did. */
  | 'unreported'
  /** Alerts were disabled, for maintenance. */
  | 'disabled';

export interface DemoHost {
  name: string;
  shortName: string;
  domain: string;
  role: Role;
  os: OperatingSystem;
  environment: string;
  /** The id of its oVirt VM. */
  uuid: string;
  /** The machine's firmware tells it its VM's id, as a fact. */
  knowsItsUuid: boolean;
  ip: string;
  mac: string;
  model: string;
  character: Character;
  /** Seconds after the full half hour (Puppet) or after 02:00 UTC (Ansible) at which it runs. */
  splaySeconds: number;
  /** For how long a failing host has failed, or a silent or disabled one has not reported. */
  troubleHours: number;
  /** Keeps every report of the last week, where others are thinned. */
  dense: boolean;
}

/** A VM as the simulated engine shows it. */
export interface DemoVm {
  id: string;
  name: string;
  fqdn: string;
  ip: string;
  mac: string;
  cluster: string;
  operatingSystem: string;
  cores: number;
  memoryGib: number;
  up: boolean;
}

const domains = [
  { name: 'prod', environment: 'production', network: '10.20' },
  { name: 'stage', environment: 'staging', network: '10.30' },
  { name: 'lab', environment: 'development', network: '10.40' },
] as const;

/** The whole data centre, the same at every call. */
export function fleet(): DemoHost[] {
  let serial = 0;
  return roles.flatMap((role, roleIndex) =>
    domains.flatMap((domain, domainIndex) =>
      Array.from({ length: role.counts[domainIndex] ?? 0 }, (_, index) => {
        serial += 1;
        const internal = `${domain.network}.${roleIndex + 1}.${index + 11}`;
        const exposed = role.exposed && domain.name === 'prod' ? `${role.exposed}.${roleIndex * 8 + index + 11}` : null;
        return hostOf(role, domain, index + 1, { serial, ip: exposed ?? internal });
      }),
    ),
  );
}

function hostOf(
  role: Role,
  domain: (typeof domains)[number],
  number: number,
  { serial, ip }: { serial: number; ip: string },
): DemoHost {
  const shortName = `${role.stem}${String(number).padStart(2, '0')}`;
  const name = `${shortName}.${domain.name}.example.com`;
  const random = new Random('host', name);
  const isPuppet = role.origin === 'Puppet';
  return {
    name,
    shortName,
    domain: `${domain.name}.example.com`,
    role,
    os: random.pick(role.systems),
    environment: domain.environment,
    uuid: uuid(random),
    knowsItsUuid: role.stem !== 'kiosk',
    ip,
    mac: `00:1a:4a:16:${hexByte(serial >> 8)}:${hexByte(serial & 255)}`,
    model: role.hostgroup.startsWith('legacy') ? 'RHEV Hypervisor' : 'oVirt Node',
    character: characterOf(random, role, domain.name, number),
    splaySeconds: random.integer(0, isPuppet ? 1799 : 3 * 3600),
    troubleHours: random.integer(3, 60),
    dense: isPuppet && domain.name === 'prod' && number <= 2 && ['web', 'pg', 'lb'].includes(role.stem),
  };
}

/** Trouble comes where it would: one broken database package, a lab that drifts, an old system nobody dares to touch. */
function characterOf(random: Random, role: Role, domain: string, number: number): Character {
  if (role.stem === 'pg' && domain === 'prod' && number % 4 === 3) return 'failing';
  if (role.stem === 'erp') return number === 6 ? 'disabled' : 'noop';
  if (role.stem === 'web' && domain === 'prod' && number === 1) return 'drifting';
  const roll = random.fraction();
  if (roll < 0.035) return 'silent';
  if (roll < 0.055) return 'unreported';
  if (roll < 0.07) return 'disabled';
  if (roll < 0.09) return 'failing';
  if (roll < 0.12) return 'flaky';
  if (roll < 0.135) return 'noop';
  return roll < (domain === 'lab' ? 0.4 : 0.2) ? 'drifting' : 'steady';
}

function uuid(random: Random): string {
  const variant = random.pick(['8', '9', 'a', 'b']);
  return [random.hex(8), random.hex(4), `4${random.hex(3)}`, `${variant}${random.hex(3)}`, random.hex(12)].join('-');
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0');
}

/** The VMs of the engine: one for each host, and some that no one configures. */
export function demoVms(): DemoVm[] {
  const managed = fleet().map((host): DemoVm => {
    const { ip, mac, uuid: id, role, os } = host;
    return {
      id,
      ip,
      mac,
      name: host.knowsItsUuid ? `${host.shortName}-${host.environment}` : host.name,
      fqdn: host.name,
      cluster: clusterOf(host.environment),
      operatingSystem: `${os.name} ${os.release}`,
      cores: role.size[0],
      memoryGib: role.size[1],
      up: host.character !== 'silent',
    };
  });
  return [...managed, ...unmanaged()];
}

function unmanaged(): DemoVm[] {
  return ['vendor-appliance', 'license-server', 'old-wiki', 'test of Jürgen'].map((name, index) => ({
    id: uuid(new Random('vm', name)),
    name,
    fqdn: '',
    ip: `10.50.1.${index + 11}`,
    mac: `00:1a:4a:16:ff:${hexByte(index)}`,
    cluster: clusterOf('development'),
    operatingSystem: 'other',
    cores: 2,
    memoryGib: 4,
    up: index !== 2,
  }));
}

function clusterOf(environment: string): string {
  return environment === 'production' ? 'Production' : 'Staging-Lab';
}
