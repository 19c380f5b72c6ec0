export interface OperatingSystem {
  name: string;
  /** What Ansible calls it where that differs. */
  ansibleName?: string;
  release: string;
  family: 'RedHat' | 'Debian' | 'windows';
  codename?: string;
  kernel: string;
}

const systems = {
  rocky: { name: 'Rocky', release: '9.4', family: 'RedHat', codename: 'Blue Onyx', kernel: '5.14.0-427.42.1.el9_4' },
  alma: {
    name: 'AlmaLinux',
    release: '8.10',
    family: 'RedHat',
    codename: 'Cerulean Leopard',
    kernel: '4.18.0-553.el8_10',
  },
  centos: { name: 'CentOS', release: '7.9', family: 'RedHat', codename: 'Core', kernel: '3.10.0-1160.119.1.el7' },
  debian: { name: 'Debian', release: '12.11', family: 'Debian', codename: 'bookworm', kernel: '6.1.0-37-amd64' },
  ubuntu: { name: 'Ubuntu', release: '24.04', family: 'Debian', codename: 'noble', kernel: '6.8.0-60-generic' },
  windows: {
    name: 'windows',
    ansibleName: 'Microsoft Windows Server 2022 Standard',
    release: '2022',
    family: 'windows',
    kernel: '10.0.20348',
  },
} satisfies Record<string, OperatingSystem>;

/** What a group of like machines is for: how many stand in each domain, on what, and how they are configured. */
export interface Role {
  hostgroup: string;
  stem: string;
  /** Hosts in prod, stage and lab. */
  counts: readonly [prod: number, stage: number, lab: number];
  systems: readonly [OperatingSystem, ...OperatingSystem[]];
  origin: 'Puppet' | 'Ansible';
  service: string;
  package: string;
  size: readonly [cores: number, memoryGib: number];
  /** Reachable from outside: an address of a documentation network instead of an internal one. */
  exposed?: '192.0.2' | '198.51.100' | '203.0.113';
}

const { rocky, alma, centos, debian, ubuntu, windows } = systems;
type Machine = Pick<Role, 'systems' | 'service' | 'package' | 'size' | 'exposed'> & Partial<Pick<Role, 'origin'>>;
const role = (hostgroup: string, stem: string, counts: Role['counts'], machine: Machine): Role => ({
  origin: 'Puppet',
  hostgroup,
  stem,
  counts,
  ...machine,
});

/** The data centre. */
export const roles: readonly Role[] = [
  role('web/frontend', 'web', [28, 6, 2], {
    systems: [rocky, rocky, debian],
    service: 'nginx',
    package: 'nginx',
    size: [4, 8],
    exposed: '192.0.2',
  }),
  role('web/api', 'api', [24, 6, 2], { systems: [rocky, alma], service: 'tomcat', package: 'tomcat', size: [4, 16] }),
  role('web/cache', 'cache', [8, 2, 0], { systems: [debian], service: 'varnish', package: 'varnish', size: [2, 16] }),
  role('db/postgres', 'pg', [14, 4, 2], {
    systems: [rocky, rocky, alma],
    service: 'postgresql-15',
    package: 'postgresql15-server',
    size: [8, 64],
  }),
  role('db/mariadb', 'maria', [6, 2, 0], {
    systems: [alma, centos],
    service: 'mariadb',
    package: 'mariadb-server',
    size: [8, 32],
  }),
  role('queue/rabbitmq', 'mq', [6, 3, 0], {
    systems: [rocky],
    service: 'rabbitmq-server',
    package: 'rabbitmq-server',
    size: [4, 8],
  }),
  role('storage/ceph', 'ceph', [12, 0, 3], {
    systems: [rocky],
    service: 'ceph-osd',
    package: 'ceph-osd',
    size: [8, 64],
  }),
  role('compute/worker', 'worker', [58, 8, 4], {
    systems: [rocky, alma],
    service: 'slurmd',
    package: 'slurm-slurmd',
    size: [16, 64],
  }),
  role('monitoring/prometheus', 'prom', [4, 1, 0], {
    systems: [debian],
    service: 'prometheus',
    package: 'prometheus',
    size: [4, 16],
  }),
  role('logging/elastic', 'elastic', [9, 3, 0], {
    systems: [debian, rocky],
    service: 'elasticsearch',
    package: 'elasticsearch',
    size: [8, 32],
  }),
  role('infra/dns', 'ns', [4, 0, 0], {
    systems: [debian],
    service: 'named',
    package: 'bind9',
    size: [2, 2],
    exposed: '198.51.100',
  }),
  role('infra/ldap', 'ldap', [4, 0, 0], { systems: [alma], service: 'dirsrv', package: '389-ds-base', size: [2, 4] }),
  role('infra/proxy', 'lb', [6, 2, 0], {
    systems: [debian],
    service: 'haproxy',
    package: 'haproxy',
    size: [4, 4],
    exposed: '198.51.100',
  }),
  role('mail/relay', 'mx', [4, 0, 0], {
    systems: [debian],
    service: 'postfix',
    package: 'postfix',
    size: [2, 4],
    exposed: '203.0.113',
  }),
  role('legacy/erp', 'erp', [6, 1, 0], { systems: [centos], service: 'httpd', package: 'httpd', size: [4, 16] }),
  role('windows/ad', 'dc', [4, 0, 0], {
    systems: [windows],
    service: 'NTDS',
    package: 'RSAT-AD-PowerShell',
    size: [4, 8],
  }),
  role('windows/terminal', 'ts', [8, 0, 0], {
    origin: 'Ansible',
    systems: [windows],
    service: 'TermService',
    package: 'RDS-RD-Server',
    size: [8, 32],
  }),
  role('ci/runner', 'runner', [0, 0, 24], {
    origin: 'Ansible',
    systems: [ubuntu, debian],
    service: 'gitlab-runner',
    package: 'gitlab-runner',
    size: [8, 16],
  }),
  role('infra/backup', 'backup', [6, 0, 0], {
    origin: 'Ansible',
    systems: [debian],
    service: 'bacula-fd',
    package: 'bacula-client',
    size: [4, 8],
  }),
  role('desktop/kiosk', 'kiosk', [0, 0, 14], {
    origin: 'Ansible',
    systems: [ubuntu],
    service: 'gdm',
    package: 'gdm3',
    size: [2, 4],
  }),
];
