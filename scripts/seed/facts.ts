import { ansibleTime } from './ansible-report';
import type { DemoHost } from './fleet';
import type { UploadRequest } from './upload';

type Facts = Record<string, unknown>;
const mebibytes = 1024;

/** The facts upload of the host's own client; Puppet's stand nested and flat side by side, as Facter gives them. */
export function factsUpload(host: DemoHost, at: Date): UploadRequest {
  return host.role.origin === 'Puppet' ? puppetFacts(host) : ansibleFacts(host, at);
}

function puppetFacts(host: DemoHost): UploadRequest {
  const facts = {
    ...puppetSystem(host),
    ...puppetHardware(host),
    ...puppetNetwork(host),
    kernel: host.os.family === 'windows' ? 'windows' : 'Linux',
    kernelrelease: host.os.kernel,
    timezone: 'UTC',
    facterversion: '4.3.0',
    puppetversion: '7.23.0',
    clientversion: '7.23.0',
    clientcert: host.name,
    clientnoop: host.character === 'noop',
    environment: host.environment,
    agent_specified_environment: host.environment,
    foreman_hostgroup: host.role.hostgroup,
    puppetmaster_fqdn: 'puppet.prod.example.com',
    role: host.role.stem,
  };
  return {
    method: 'POST',
    path: '/api/hosts/facts',
    body: { name: host.name, certname: host.name, facts },
  };
}

function puppetSystem({ os }: DemoHost): Facts {
  const [major = '', minor] = os.release.split('.');
  const release = { full: os.release, major, ...(minor ? { minor } : {}) };
  const arch = os.family === 'Debian' ? 'amd64' : 'x86_64';
  const distro = os.codename ? { distro: { id: os.name, codename: os.codename, release } } : {};
  return {
    os: { name: os.name, family: os.family, release, architecture: arch, hardware: 'x86_64', ...distro },
    operatingsystem: os.name,
    operatingsystemrelease: os.release,
    operatingsystemmajrelease: major,
    osfamily: os.family,
    architecture: arch,
    hardwaremodel: 'x86_64',
    ...(os.codename ? { lsbdistid: os.name, lsbdistcodename: os.codename, lsbdistrelease: os.release } : {}),
    selinux: os.family === 'RedHat',
  };
}

function puppetHardware({ role, uuid, knowsItsUuid, model }: DemoHost): Facts {
  const [cores, memoryGib] = role.size;
  const firmware = knowsItsUuid ? uuid.toUpperCase() : 'Not Settable';
  return {
    dmi: { manufacturer: 'oVirt', product: { name: model, uuid: firmware } },
    manufacturer: 'oVirt',
    productname: model,
    uuid: firmware,
    is_virtual: true,
    virtual: 'kvm',
    processors: {
      count: cores,
      physicalcount: 1,
      isa: 'x86_64',
      models: Array.from({ length: cores }, () => 'AMD EPYC'),
    },
    processorcount: cores,
    physicalprocessorcount: 1,
    memory: { system: { total: `${memoryGib}.00 GiB`, total_bytes: memoryGib * 2 ** 30 } },
    memorysize: `${memoryGib}.00 GiB`,
    memorysize_mb: memoryGib * mebibytes,
    blockdevice_vda_size: 64 * 2 ** 30,
    blockdevice_vda_vendor: '0x1af4',
  };
}

function puppetNetwork({ name, shortName, domain, ip, mac }: DemoHost): Facts {
  const network = networkOf(ip);
  const address = { ip, mac, netmask: '255.255.255.0', network, mtu: 1500 };
  return {
    networking: {
      ...address,
      hostname: shortName,
      domain,
      fqdn: name,
      primary: 'eth0',
      interfaces: {
        eth0: { ...address, bindings: [{ address: ip, netmask: '255.255.255.0', network }] },
        lo: { ip: '127.0.0.1', netmask: '255.0.0.0', network: '127.0.0.0', mtu: 65536 },
      },
    },
    hostname: shortName,
    domain,
    fqdn: name,
    interfaces: 'eth0,lo',
    ipaddress: ip,
    ipaddress_eth0: ip,
    ipaddress_lo: '127.0.0.1',
    macaddress: mac,
    macaddress_eth0: mac,
    netmask: '255.255.255.0',
  };
}

function ansibleFacts(host: DemoHost, at: Date): UploadRequest {
  const facts = {
    ...ansibleSystem(host),
    ...ansibleHardware(host),
    ...ansibleNetwork(host),
    ansible_date_time: { iso8601: at.toISOString(), tz: 'UTC' },
    ansible_virtualization_type: 'kvm',
    ansible_virtualization_role: 'guest',
    foreman_hostgroup: host.role.hostgroup,
    gather_subset: ['all'],
    module_setup: true,
  };
  return {
    method: 'POST',
    path: '/api/v2/hosts/facts',
    body: { name: host.name, facts: { ansible_facts: facts, _type: 'ansible', _timestamp: ansibleTime(at) } },
  };
}

function ansibleSystem({ os }: DemoHost): Facts {
  const windows = os.family === 'windows';
  const version = windows ? `${os.kernel}.0` : os.release;
  const [major, minor] = version.split('.');
  return {
    ansible_distribution: os.ansibleName ?? os.name,
    ansible_distribution_version: version,
    ansible_distribution_major_version: major,
    ansible_distribution_minor_version: minor,
    ...(os.codename ? { ansible_distribution_release: os.codename } : {}),
    ansible_os_family: windows ? 'Windows' : os.family,
    ansible_system: windows ? 'Win32NT' : 'Linux',
    ansible_kernel: os.kernel,
    ansible_machine: 'x86_64',
    ansible_architecture: windows ? '64-bit' : 'x86_64',
    ansible_userspace_bits: '64',
    ansible_pkg_mgr: windows ? 'unknown' : 'apt',
    ansible_service_mgr: windows ? 'unknown' : 'systemd',
    ansible_python_version: '3.11.2',
  };
}

function ansibleHardware({ role, uuid, knowsItsUuid, model }: DemoHost): Facts {
  const [cores, memoryGib] = role.size;
  return {
    ansible_product_name: model,
    ansible_product_uuid: knowsItsUuid ? uuid.toUpperCase() : 'NA',
    ansible_system_vendor: 'oVirt',
    ansible_processor_vcpus: cores,
    ansible_processor_cores: cores,
    ansible_processor_count: 1,
    ansible_memtotal_mb: memoryGib * mebibytes,
    ansible_memory_mb: { real: { total: memoryGib * mebibytes }, swap: { total: 0 } },
    ansible_swaptotal_mb: 0,
  };
}

function ansibleNetwork({ name, shortName, domain, ip, mac }: DemoHost): Facts {
  const network = networkOf(ip);
  const ipv4 = { address: ip, netmask: '255.255.255.0', network, prefix: '24' };
  return {
    ansible_fqdn: name,
    ansible_hostname: shortName,
    ansible_nodename: shortName,
    ansible_domain: domain,
    ansible_interfaces: ['lo', 'eth0'],
    ansible_eth0: { device: 'eth0', macaddress: mac, mtu: 1500, active: true, type: 'ether', ipv4 },
    ansible_default_ipv4: { ...ipv4, interface: 'eth0', macaddress: mac, gateway: network.replace(/0$/, '1') },
    ansible_all_ipv4_addresses: [ip],
  };
}

function networkOf(ip: string): string {
  return ip.replace(/\d+$/, '0');
}
