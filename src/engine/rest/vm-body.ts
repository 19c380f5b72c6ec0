import type { Initialization, NewNic, NewVm, Payload, VmChange } from '../ports';
import { EngineError } from '../engine-error';
import { checkId } from '../input';
import { isAtLeast, type VersionNumbers } from '../version';

/** Bodies as the engine takes them: what is undefined is left out, and it refuses members that it does not know. */
export type Body = Record<string, unknown>;

const NAME = /^[\p{L}\d._-]{1,64}$/u;

/** A reference in a body. Throws `invalid_id`. */
export const referenceTo = (id: string | undefined): { id: string } | undefined =>
  id === undefined ? undefined : { id: checkId(id) };

/** As the engine checks it (oVirt: VmCommand.java), but for Windows. Throws `invalid_id`. */
function checkVmName(name: string): string {
  if (NAME.test(name)) return name;
  throw new EngineError('invalid_id', 'A VM name is 1 to 64 letters, digits, ".", "_" and "-"');
}

/** @param isV3 for 3.4 to 3.6, which have no parameter for what `clone` says */
export function newVmBody(vm: NewVm, { isV3 }: { isV3: boolean }): Body {
  return {
    id: checkId(vm.id),
    name: checkVmName(vm.name),
    description: vm.description,
    cluster: referenceTo(vm.clusterId),
    template: referenceTo(vm.templateId),
    ...sizes(vm),
    os: vm.os === undefined ? undefined : { type: vm.os },
    storage_domain: referenceTo(vm.storageDomainId),
    quota: referenceTo(vm.quotaId),
    delete_protected: vm.deleteProtected,
    disks: isV3 && vm.clone ? { clone: true } : undefined,
    ...startup(vm),
  };
}

export function vmChangeBody(change: VmChange): Body {
  return {
    name: change.name === undefined ? undefined : checkVmName(change.name),
    description: change.description,
    ...sizes(change),
    delete_protected: change.deleteProtected,
    ...startup(change),
  };
}

/** Both limits move along where they would refuse the new size: the engine keeps them otherwise (oVirt: UpdateVmCommand.java). */
export function memoryLimits(bytes: number, { guaranteed, max }: { guaranteed: number; max: number }): Body {
  if (bytes >= guaranteed && bytes <= max) return {};
  const moved = { ...(bytes < guaranteed && { guaranteed: bytes }), ...(bytes > max && { max: bytes }) };
  return { memory_policy: moved };
}

export function newNicBody({ vnicProfileId, ...nic }: NewNic): Body {
  return nicBody({ interface: 'virtio', ...nic, ...(vnicProfileId !== null && { vnicProfileId }) });
}

export function nicBody({ name, vnicProfileId, interface: model, mac }: Partial<NewNic>): Body {
  return {
    name,
    interface: model,
    // An empty reference takes the network away.
    vnic_profile: vnicProfileId === null ? {} : referenceTo(vnicProfileId),
    mac: mac === undefined ? undefined : { address: mac },
  };
}

function sizes({ memoryBytes, sockets, cores }: Pick<NewVm, 'memoryBytes' | 'sockets' | 'cores'>): Body {
  const isShaped = sockets !== undefined || cores !== undefined;
  return { memory: memoryBytes, cpu: isShaped ? { topology: { sockets, cores } } : undefined };
}

/** Nothing in it clears it (oVirt: InitializationMapper.java). */
function startup({ initialization, payload }: Pick<VmChange, 'initialization' | 'payload'>): Body {
  return {
    initialization: initialization === null ? {} : initialization && initializationBody(initialization),
    payloads: payload === null ? {} : payload && { payload: [payloadBody(payload)] },
  };
}

function initializationBody(of: Initialization): Body {
  return {
    host_name: of.hostName,
    user_name: of.userName,
    root_password: of.rootPassword,
    authorized_ssh_keys: of.authorizedSshKeys,
    custom_script: of.customScript,
    dns_servers: of.dnsServers,
    dns_search: of.dnsSearch,
    timezone: of.timezone,
    nic_configurations: of.nics && {
      nic_configuration: of.nics.map(({ name, bootProtocol, address, netmask, gateway }) => ({
        name,
        boot_protocol: bootProtocol,
        on_boot: true, // the engine takes nothing else
        ip: address === undefined ? undefined : { address, netmask, gateway },
      })),
    },
  };
}

function payloadBody({ volumeId, files }: Payload): Body {
  return { type: 'cdrom', volume_id: volumeId, files: { file: files.map(({ name, content }) => ({ name, content })) } };
}

/** Of a start that initializes. Before 3.5 the first start does, and nothing else can make it. */
export function initializing(version: VersionNumbers): Body {
  if (isAtLeast(version, '4.3.9.4')) return { use_initialization: true };
  return isAtLeast(version, '3.5') ? { use_cloud_init: true } : {};
}
