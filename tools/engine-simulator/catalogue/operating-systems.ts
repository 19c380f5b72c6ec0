/** An operating system that VMs can be said to run. */
export interface SimOperatingSystem {
  id: number;
  name: string;
  description: string;
  architecture: string;
  /** Whether it may have a TPM (4.5.2+). */
  tpm: 'unsupported' | 'supported' | 'required';
}

type Row = readonly [id: number, name: string, description: string, tpm?: 'supported' | 'required'];

const X86_64: readonly Row[] = [
  [0, 'other', 'Other OS'],
  [1, 'windows_xp', 'Windows XP'],
  [3, 'windows_2003', 'Windows 2003'],
  [4, 'windows_2008', 'Windows 2008'],
  [5, 'other_linux', 'Linux'],
  [7, 'rhel_5', 'Red Hat Enterprise Linux 5.x'],
  [8, 'rhel_4', 'Red Hat Enterprise Linux 4.x'],
  [9, 'rhel_3', 'Red Hat Enterprise Linux 3.x'],
  [10, 'windows_2003x64', 'Windows 2003 x64'],
  [11, 'windows_7', 'Windows 7'],
  [12, 'windows_7x64', 'Windows 7 x64'],
  [13, 'rhel_5x64', 'Red Hat Enterprise Linux 5.x x64'],
  [14, 'rhel_4x64', 'Red Hat Enterprise Linux 4.x x64'],
  [15, 'rhel_3x64', 'Red Hat Enterprise Linux 3.x x64'],
  [16, 'windows_2008x64', 'Windows 2008 x64'],
  [17, 'windows_2008R2x64', 'Windows 2008 R2 x64'],
  [18, 'rhel_6', 'Red Hat Enterprise Linux 6.x'],
  [19, 'rhel_6x64', 'Red Hat Enterprise Linux 6.x x64'],
  [1300, 'debian_7', 'Debian 7+'],
  [20, 'windows_8', 'Windows 8', 'supported'],
  [1301, 'debian_9', 'Debian 9+'],
  [21, 'windows_8x64', 'Windows 8 x64', 'supported'],
  [23, 'windows_2012x64', 'Windows 2012 x64', 'supported'],
  [24, 'rhel_7x64', 'Red Hat Enterprise Linux 7.x x64', 'supported'],
  [25, 'windows_2012R2x64', 'Windows 2012R2 x64', 'supported'],
  [26, 'windows_10', 'Windows 10', 'supported'],
  [27, 'windows_10x64', 'Windows 10 x64', 'supported'],
  [28, 'rhel_atomic7x64', 'Red Hat Atomic 7.x x64', 'supported'],
  [29, 'windows_2016x64', 'Windows 2016 x64', 'supported'],
  [30, 'rhel_8x64', 'Red Hat Enterprise Linux 8.x x64', 'supported'],
  [31, 'windows_2019x64', 'Windows 2019 x64', 'supported'],
  [33, 'other_linux_kernel_4', 'Other Linux (kernel 4.x)', 'supported'],
  [34, 'rhel_9x64', 'Red Hat Enterprise Linux 9.x x64', 'supported'],
  [35, 'rhcos_x64', 'Red Hat Enterprise Linux CoreOS', 'supported'],
  [36, 'windows_11', 'Windows 11', 'required'],
  [37, 'windows_2022', 'Windows 2022', 'supported'],
  [38, 'windows_2025', 'Windows 2025', 'supported'],
  [39, 'rhel_10x64', 'Red Hat Enterprise Linux 10.x x64', 'supported'],
  [1193, 'sles_11', 'SUSE Linux Enterprise Server 11+'],
  [1500, 'freebsd', 'FreeBSD 9.2'],
  [1501, 'freebsdx64', 'FreeBSD 9.2 x64'],
  [1252, 'ubuntu_12_04', 'Ubuntu Precise Pangolin LTS'],
  [1253, 'ubuntu_12_10', 'Ubuntu Quantal Quetzal'],
  [1254, 'ubuntu_13_04', 'Ubuntu Raring Ringtails'],
  [1255, 'ubuntu_13_10', 'Ubuntu Saucy Salamander'],
  [1256, 'ubuntu_14_04', 'Ubuntu Trusty Tahr LTS+'],
  [1257, 'ubuntu_18_04', 'Ubuntu Bionic Beaver LTS+'],
];

const PPC64: readonly Row[] = [
  [1001, 'other_ppc64', 'Other OS'],
  [1002, 'other_linux_ppc64', 'Linux'],
  [1003, 'rhel_6_ppc64', 'Red Hat Enterprise Linux up to 6.8'],
  [1004, 'sles_11_ppc64', 'SUSE Linux Enterprise Server 11'],
  [1005, 'ubuntu_14_04_ppc64', 'Ubuntu Trusty Tahr LTS+'],
  [1006, 'rhel_7_ppc64', 'Red Hat Enterprise Linux 7.x', 'supported'],
  [1007, 'rhel_6_9_plus_ppc64', 'Red Hat Enterprise Linux 6.9+'],
  [1008, 'rhel_8_ppc64', 'Red Hat Enterprise Linux 8.x', 'supported'],
  [1009, 'rhel_9_ppc64', 'Red Hat Enterprise Linux 9.x', 'supported'],
];

const S390X: readonly Row[] = [
  [2001, 'other_s390x', 'Other OS'],
  [2002, 'other_linux_s390x', 'Linux'],
  [2003, 'rhel_7_s390x', 'Red Hat Enterprise Linux 7.x', 'supported'],
  [2004, 'sles_12_s390x', 'SUSE Linux Enterprise Server 12'],
  [2005, 'ubuntu_16_04_s390x', 'Ubuntu Xenial Xerus LTS+'],
];

const ofArchitecture = (architecture: string, rows: readonly Row[]): SimOperatingSystem[] =>
  rows.map(([id, name, description, tpm]) => ({ id, name, description, architecture, tpm: tpm ?? 'unsupported' }));

/** Those of an engine 4.5.7. */
export const OPERATING_SYSTEMS: readonly SimOperatingSystem[] = [
  ...ofArchitecture('x86_64', X86_64),
  ...ofArchitecture('ppc64', PPC64),
  ...ofArchitecture('s390x', S390X),
];

/** The name as the engine keeps it: one that it does not know is `other`. */
export function knownOs(name: string): string {
  return OPERATING_SYSTEMS.some((one) => one.name === name) ? name : 'other';
}
