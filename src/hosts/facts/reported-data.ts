/** What a host's facts tell of its machine (Foreman: reported_data facet); null where they do not. How long it is up differs at each upload and is not kept. */
export interface ReportedData {
  virtual: boolean | null;
  ramMebibytes: number | null;
  sockets: number | null;
  cores: number | null;
  diskBytes: number | null;
  kernelVersion: string | null;
  biosVendor: string | null;
  biosReleaseDate: string | null;
  biosVersion: string | null;
}

const BYTES = ['memory::system::total_bytes'];
const MEBIBYTES = ['memorysize_mb', 'ansible_memtotal_mb'];
const VIRTUAL = ['is_virtual', 'ansible_virtualization_role'];
const SOCKETS = ['processors::physicalcount', 'physicalprocessorcount', 'ansible_processor_count'];
const CORES = ['processors::count', 'processorcount', 'ansible_processor_vcpus'];
const KERNEL = ['kernelrelease', 'ansible_kernel'];
const BIOS_VENDOR = ['dmi::bios::vendor', 'bios_vendor', 'ansible_bios_vendor'];
const BIOS_DATE = ['dmi::bios::release_date', 'bios_release_date', 'ansible_bios_date'];
const BIOS_VERSION = ['dmi::bios::version', 'bios_version', 'ansible_bios_version'];

/** The facts that are read, and the pattern of those that tell a disk's size. */
export const REPORTED_FACTS: readonly string[] = [
  ...BYTES,
  ...MEBIBYTES,
  ...VIRTUAL,
  ...SOCKETS,
  ...CORES,
  ...KERNEL,
  ...BIOS_VENDOR,
  ...BIOS_DATE,
  ...BIOS_VERSION,
];
export const DISK_FACTS = 'disks::%::size_bytes';
const DISK = /^disks::.+::size_bytes$/;

const MEBIBYTE = 1_048_576;

export function reportedData(facts: ReadonlyMap<string, string>): ReportedData {
  const text = (names: readonly string[]) => names.map((name) => facts.get(name)).find(Boolean) ?? null;
  const number = (names: readonly string[]) => whole(text(names));
  const bytes = number(BYTES);
  const virtual = text(VIRTUAL);
  const disks = [...facts].filter(([name]) => DISK.test(name)).map(([, size]) => whole(size) ?? 0);
  return {
    virtual: virtual === null ? null : ['true', 'guest'].includes(virtual.toLowerCase()),
    ramMebibytes: bytes === null ? number(MEBIBYTES) : Math.floor(bytes / MEBIBYTE),
    sockets: number(SOCKETS),
    cores: number(CORES),
    diskBytes: disks.length === 0 ? null : disks.reduce((sum, size) => sum + size, 0),
    kernelVersion: text(KERNEL),
    biosVendor: text(BIOS_VENDOR),
    biosReleaseDate: text(BIOS_DATE),
    biosVersion: text(BIOS_VERSION),
  };
}

/** A number as facts write it ("4", "3789.25"), without its fraction. */
function whole(text: string | null): number | null {
  return text !== null && /^\d{1,15}(\.\d+)?$/.test(text) ? Math.trunc(Number(text)) : null;
}
