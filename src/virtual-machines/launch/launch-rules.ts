import { AppError } from '../../common/app-error';

/** What a launch says of the VM itself. */
export interface VmWishes {
  vm_name: string;
  memory_mib?: number;
  sockets?: number;
  cores?: number;
  host_name?: string;
}

interface Fault {
  field: string;
  text: string;
}

/** Of a VM; sysprep takes less (oVirt: VmCommand.java). */
const MAX_NAME = 64;
const MAX_WINDOWS_NAME = 15;
const NAME = /^[\p{L}0-9._-]+$/u;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const MAX_MEMORY_MIB = 4 * 1024 * 1024;
const MAX_CPUS = 384;

/** What the engine would refuse, found before it is asked. @throws AppError invalid with all of it */
export function checkVm(wishes: VmWishes, os: string | null): void {
  const faults = [...nameFaults(wishes.vm_name, os), ...sizeFaults(wishes), ...hostNameFaults(wishes.host_name)];
  if (faults.length === 0) return;
  const fields: Record<string, string[]> = {};
  for (const { field, text } of faults) (fields[field] ??= []).push(text);
  throw new AppError('invalid', faults.map(({ field, text }) => `${field} ${text}`).join('; '), { fields });
}

function nameFaults(name: string, os: string | null): Fault[] {
  const most = os?.startsWith('windows') === true ? MAX_WINDOWS_NAME : MAX_NAME;
  if (name === '') return [{ field: 'vm_name', text: "can't be blank" }];
  if (!NAME.test(name)) return [{ field: 'vm_name', text: 'must consist of letters, digits, ".", "_" and "-"' }];
  return [...name].length > most ? [{ field: 'vm_name', text: `must have at most ${most} characters` }] : [];
}

function sizeFaults({ memory_mib: memory, sockets, cores }: VmWishes): Fault[] {
  const faults: Fault[] = [];
  const isCount = (value: number) => Number.isInteger(value) && value >= 1;
  if (memory !== undefined && (!isCount(memory) || memory > MAX_MEMORY_MIB))
    faults.push({ field: 'memory_mib', text: `must be a whole number from 1 to ${MAX_MEMORY_MIB}` });
  for (const [field, value] of Object.entries({ sockets, cores }))
    if (value !== undefined && (!isCount(value) || value > MAX_CPUS))
      faults.push({ field, text: `must be a whole number from 1 to ${MAX_CPUS}` });
  if (faults.length === 0 && (sockets ?? 1) * (cores ?? 1) > MAX_CPUS)
    faults.push({ field: 'cores', text: `times sockets must be at most ${MAX_CPUS}` });
  return faults;
}

function hostNameFaults(hostName: string | undefined): Fault[] {
  if (hostName === undefined || HOST_NAME.test(hostName)) return [];
  return [{ field: 'host_name', text: 'must be a host name such as web1.example.com' }];
}
