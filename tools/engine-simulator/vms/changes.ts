import { knownOs } from '../catalogue/operating-systems';
import { refuse } from '../rest/answer';
import { fieldOf, isBody, numberOf, textOf, type Body } from '../rest/call';
import type { Initialization, SimVm } from './data';

const MIB = 1024 ** 2;
const NAME_LENGTH = 64;
const PAYLOAD_LENGTH = 8192;
const MEMORY_LIMIT = 4 * 1024 ** 4;
const CPU_LIMIT = 384;

/** What a body says of a VM; what it does not name stays. */
export function changesOf(body: Body): Partial<SimVm> {
  const memory = numberOf(body, 'memory');
  const initialization = fieldOf(body, 'initialization');
  const isProtected = textOf(body, 'delete_protected');
  const os = textOf(body, 'os.type');
  const boot = fieldOf(body, 'os.boot.devices.device');
  return defined({
    name: textOf(body, 'name'),
    description: textOf(body, 'description'),
    comment: textOf(body, 'comment'),
    type: textOf(body, 'type'),
    sockets: numberOf(body, 'cpu.topology.sockets'),
    cores: numberOf(body, 'cpu.topology.cores'),
    threads: numberOf(body, 'cpu.topology.threads'),
    memoryBytes: memory === undefined ? undefined : Math.floor(memory / MIB) * MIB,
    guaranteedBytes: numberOf(body, 'memory_policy.guaranteed'),
    maxMemoryBytes: numberOf(body, 'memory_policy.max'),
    os: os === undefined ? undefined : knownOs(os),
    deleteProtected: isProtected === undefined ? undefined : isProtected === 'true',
    bootsFromNetwork: Array.isArray(boot) ? boot[0] === 'network' : undefined,
    ...('initialization' in body && { initialization: cleared(initialization) }),
    ...('payloads' in body && { payload: payloadOf(body) }),
  });
}

/** Members without a value are none, but for those that may be cleared. */
function defined(changes: Partial<SimVm>): Partial<SimVm> {
  const cleared = ['initialization', 'payload'];
  const kept = Object.entries(changes).filter(([name, value]) => value !== undefined || cleared.includes(name));
  return Object.fromEntries(kept);
}

/** An empty object clears it. */
function cleared(initialization: unknown): Initialization | undefined {
  return isBody(initialization) && Object.keys(initialization).length > 0 ? initialization : undefined;
}

interface GivenPayload {
  volumeId: string;
  files: { name: string; content: string }[];
}

function payloadOf(body: Body): GivenPayload | undefined {
  const [first] = asList(fieldOf(body, 'payloads.payload'));
  if (!first) return undefined;
  const files = asList(fieldOf(first, 'files.file')).map((file) => ({
    name: textOf(file, 'name') ?? '',
    content: textOf(file, 'content') ?? '',
  }));
  return { volumeId: textOf(first, 'volume_id') ?? '', files };
}

const asList = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isBody) : []);

interface Checked {
  action: 'add' | 'edit';
  /** Of the VM before. */
  maxMemoryBytes: number | undefined;
}

/** Refuses values as the engine's validation does. @throws {Refusal} */
export function checkChanges(body: Body, { action, maxMemoryBytes }: Checked): void {
  checkName(textOf(body, 'name'), action);
  if ((textOf(body, 'description') ?? '').length > 255) {
    throw refuse(400, 'size must be between 0 and 255, Attribute: vmStatic.description');
  }
  if (JSON.stringify(body).includes(String.raw`\u0000`)) throw refuse(400, 'Internal Engine Error');
  checkMemory(body, action, maxMemoryBytes);
  const sockets = numberOf(body, 'cpu.topology.sockets') ?? 1;
  if (sockets < 1) throw refuse(409, 'Minimum number of sockets cannot be less then 1');
  const cpus = sockets * (numberOf(body, 'cpu.topology.cores') ?? 1) * (numberOf(body, 'cpu.topology.threads') ?? 1);
  if (cpus > CPU_LIMIT) throw refuse(409, `Cannot ${action} VM. Maximum number of CPUs exceeded.`);
  checkCustomProperties(body, action);
  checkPayload(payloadOf(body));
  checkInitialization(body, action);
}

function checkName(name: string | undefined, action: string): void {
  if (name === undefined) return;
  if (name.length > 255) throw refuse(400, 'size must be between 1 and 255, Attribute: vmStatic.name');
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) {
    const allowed = "Only lower-case and upper-case letters, numbers, '_', '-', '.' are allowed.";
    const text = `Can not ${action} VM. The given name contains special characters. ${allowed}`;
    throw refuse(400, text, 'Attribute: vmStatic.name');
  }
  if (name.length > NAME_LENGTH) throw refuse(400, `Cannot ${action} VM. The given name is too long.`);
}

function checkMemory(body: Body, action: string, maxBefore: number | undefined): void {
  const memory = numberOf(body, 'memory');
  if (memory === undefined) return;
  const tooSmall = (field: string) => `must be greater than or equal to 1, Attribute: vmStatic.${field}`;
  if (memory < MIB) throw refuse(400, tooSmall('memSizeMb'), tooSmall('memSizeMb'));
  if (memory > MEMORY_LIMIT) throw refuse(400, tooSmall('maxMemorySizeMb'));
  if ((numberOf(body, 'memory_policy.guaranteed') ?? 0) > memory) {
    throw refuse(400, `Cannot ${action} VM. Physical Memory Guaranteed cannot exceed Memory Size.`);
  }
  const max = numberOf(body, 'memory_policy.max') ?? maxBefore;
  if (max === undefined || max >= memory) return;
  const [had, limit] = [memory, max].map((bytes) => `${Math.floor(bytes / MIB)}MB`);
  throw refuse(409, `Cannot ${action} VM. Memory size (${had}) cannot exceed maximum memory size (${limit}).`);
}

const CUSTOM_PROPERTIES = ['sap_agent', 'viodiskcache', 'hugepages'];

function checkCustomProperties(body: Body, action: string): void {
  const names = asList(fieldOf(body, 'custom_properties.custom_property')).map((one) => textOf(one, 'name') ?? '');
  const unknown = names.filter((name) => !CUSTOM_PROPERTIES.includes(name));
  if (unknown.length === 0) return;
  const text = 'if some of the specified custom properties are not configured by the system. The keys are:';
  throw refuse(400, `Cannot ${action} VM ${text} ${unknown.join(', ')}`);
}

function checkPayload(payload: GivenPayload | undefined): void {
  if (!payload) return;
  if (payload.volumeId.length > 32) throw refuse(400, 'size must be between 0 and 32, Attribute: payload.volumeId');
  if (payload.files.some(({ content }) => content.length > PAYLOAD_LENGTH))
    throw refuse(400, 'Payload is limited to 16K');
}

function checkInitialization(body: Body, action: string): void {
  const tooLong = (textOf(body, 'initialization.timezone') ?? '').length > 40;
  if (tooLong || (textOf(body, 'initialization.user_name') ?? '').length > 255)
    throw refuse(400, 'Internal Engine Error');
  for (const nic of asList(fieldOf(body, 'initialization.nic_configurations.nic_configuration'))) {
    if (textOf(nic, 'on_boot') !== 'true') {
      const text = "Start On Boot selection in cloud-init configuration is invalid. Only 'true' is supported.";
      throw refuse(400, `Cannot ${action} VM. ${text}`);
    }
    if (textOf(nic, 'boot_protocol') === 'static' && textOf(nic, 'ip.address') === undefined) {
      throw refuse(400, `Cannot ${action} VM. Static IPv4 address is missing in cloud-init configuration.`);
    }
    if (textOf(nic, 'ipv6_boot_protocol') === 'autoconf') {
      throw refuse(400, `Cannot ${action} VM. Option 'autoconf' in cloud-init configuration is not supported.`);
    }
  }
}
