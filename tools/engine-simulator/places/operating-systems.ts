export interface OperatingSystem {
  id: string;
  name: string;
  description: string;
  architecture: string;
}

const os = (id: number, name: string, description: string): OperatingSystem => ({
  ...{ id: String(id), name, description },
  architecture: 'x86_64',
});

/** Some of those that an engine 4.5 knows, for x86_64. */
const OPERATING_SYSTEMS: readonly OperatingSystem[] = [
  os(0, 'other', 'Other OS'),
  os(5, 'other_linux', 'Linux'),
  os(19, 'rhel_6x64', 'Red Hat Enterprise Linux 6.x x64'),
  os(24, 'rhel_7x64', 'Red Hat Enterprise Linux 7.x x64'),
  os(27, 'windows_10x64', 'Windows 10 x64'),
  os(29, 'windows_2016x64', 'Windows 2016 x64'),
  os(30, 'rhel_8x64', 'Red Hat Enterprise Linux 8.x x64'),
  os(31, 'windows_2019x64', 'Windows 2019 x64'),
  os(33, 'other_linux_kernel_4', 'Other Linux (kernel 4.x)'),
  os(34, 'rhel_9x64', 'Red Hat Enterprise Linux 9.x x64'),
  os(35, 'rhcos_x64', 'Red Hat Enterprise Linux CoreOS'),
  os(37, 'windows_2022', 'Windows 2022'),
  os(1252, 'ubuntu_18_04', 'Ubuntu Bionic Beaver LTS+'),
  os(1300, 'debian_9', 'Debian 9+'),
  os(1500, 'freebsdx64', 'FreeBSD 9.2 x64'),
];

/** The name as the engine keeps it: one that it does not know is `other`. */
export function knownOs(name: string): string {
  return OPERATING_SYSTEMS.some((one) => one.name === name) ? name : 'other';
}
