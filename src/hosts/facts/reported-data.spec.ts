import { reportedData } from './reported-data';

const told = (facts: Record<string, string>) => reportedData(new Map(Object.entries(facts)));

const NOTHING = {
  virtual: null,
  ramMebibytes: null,
  sockets: null,
  cores: null,
  diskBytes: null,
  kernelVersion: null,
  biosVendor: null,
  biosReleaseDate: null,
  biosVersion: null,
};

describe('reportedData', () => {
  it("reads Puppet's structured facts", () => {
    expect(
      told({
        'memory::system::total_bytes': '4294967296',
        'processors::physicalcount': '2',
        'processors::count': '8',
        'disks::vda::size_bytes': '10',
        'disks::vdb::size_bytes': '5',
        is_virtual: 'true',
        kernelrelease: '5.14.0',
        'dmi::bios::vendor': 'SeaBIOS',
      }),
    ).toEqual({
      ...NOTHING,
      virtual: true,
      ramMebibytes: 4096,
      sockets: 2,
      cores: 8,
      diskBytes: 15,
      kernelVersion: '5.14.0',
      biosVendor: 'SeaBIOS',
    });
  });

  it("reads Ansible's facts", () => {
    expect(
      told({
        ansible_memtotal_mb: '1987',
        ansible_processor_count: '1',
        ansible_processor_vcpus: '4',
        ansible_virtualization_role: 'host',
        ansible_kernel: '6.1.0',
        ansible_bios_date: '04/01/2014',
        ansible_bios_version: '1.16',
      }),
    ).toEqual({
      ...NOTHING,
      virtual: false,
      ramMebibytes: 1987,
      sockets: 1,
      cores: 4,
      kernelVersion: '6.1.0',
      biosReleaseDate: '04/01/2014',
      biosVersion: '1.16',
    });
  });

  it.each<Record<string, string>>([{}, { 'processors::count': '-1', memorysize_mb: 'NaN' }])(
    '%j tells nothing',
    (facts) => {
      expect(told(facts)).toEqual(NOTHING);
    },
  );
});
