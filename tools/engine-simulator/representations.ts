import { Int, Long, type WireObject } from './encode';
import { userNameOf, type Engine } from './engine';
import type { EngineData, SimDisk, SimNic, SimUser, SimVm } from './data';

/** What the resources look like before `encode`; fields as in oVirt's api.xsd (3.x) and API model (4.x). */

const reference = (base: string, collection: string, id: string) => ({ id, href: `${base}/${collection}/${id}` });

const hex = (text: string) => Buffer.from(text).toString('hex').toUpperCase();

/** 3.x wraps a status as `{"state": …}`, 4.x writes the word alone. */
const status = ({ personality }: Engine, state: string) => (personality.major < 4 ? { state } : state);

export function root(engine: Engine, base: string, caller: SimUser, filtered: boolean): WireObject {
  const { personality, data } = engine;
  const itself = personality.authenticatedUser ? reference(base, 'users', caller.id) : undefined;
  return {
    product_info: {
      name: 'oVirt Engine',
      vendor: 'ovirt.org',
      instance_id: personality.authenticatedUser && caller.admin ? data.instanceId : undefined,
      version: {
        major: new Int(personality.major),
        minor: new Int(personality.minor),
        build: new Int(personality.major < 4 ? 0 : 4),
        revision: new Int(0),
        full_version: personality.csrf ? `${personality.version}.4-1.el8` : undefined,
      },
    },
    special_objects: { blank_template: reference(base, 'templates', '00000000-0000-0000-0000-000000000000') },
    summary: filtered ? undefined : { vms: { active: new Int(data.vms.length), total: new Int(data.vms.length) } },
    authenticated_user: itself,
    effective_user: itself,
    time: 1_700_000_000_000,
    link: ['datacenters', 'clusters', 'users', 'vms'].map((rel) => ({ rel, href: `${base}/${rel}` })),
  };
}

export function user(engine: Engine, base: string, { id, ...of }: SimUser): WireObject {
  const { personality } = engine;
  const domainName = `${of.domain}${personality.authzNames ? '-authz' : ''}`;
  return {
    ...reference(base, 'users', id),
    user_name: userNameOf({ id, ...of }, personality),
    name: of.firstName,
    last_name: of.lastName,
    email: of.email,
    principal: personality.authzNames ? of.login : undefined,
    namespace: personality.authzNames ? '*' : undefined,
    domain: personality.version === '3.4' ? { id: hex(domainName) } : { id: hex(domainName), name: domainName },
    link: [{ rel: 'permissions', href: `${base}/users/${id}/permissions` }],
  };
}

export function dataCenter(engine: Engine, base: string, of: EngineData['dataCenters'][number]): WireObject {
  return {
    ...reference(base, 'datacenters', of.id),
    name: of.name,
    description: of.description,
    status: status(engine, of.status),
  };
}

export function cluster(base: string, of: EngineData['clusters'][number]): WireObject {
  return {
    ...reference(base, 'clusters', of.id),
    name: of.name,
    cpu: { type: 'Intel Nehalem Family' },
    data_center: reference(base, 'datacenters', of.dataCenterId),
    virt_service: true,
  };
}

export function vm(engine: Engine, base: string, of: SimVm): WireObject {
  const { personality } = engine;
  const isOld = personality.major < 4;
  const addresses = of.nics.flatMap((nic) => nic.addresses);
  return {
    ...reference(base, 'vms', of.id),
    name: of.name,
    description: of.description,
    status: status(engine, of.status),
    type: 'server',
    memory: new Long(of.memoryBytes),
    cpu: {
      topology: {
        sockets: new Int(of.sockets),
        cores: new Int(of.cores),
        threads: personality.csrf ? new Int(of.threads) : undefined,
      },
    },
    cluster: reference(base, 'clusters', of.clusterId),
    stateless: false,
    creation_time: 1_700_000_000_000,
    fqdn: isOld ? undefined : of.fqdn,
    initialization: isOld || of.customScript === undefined ? undefined : { custom_script: of.customScript },
    guest_info: isOld
      ? { ips: { ip: addresses.map((address) => ({ address })) }, fqdn: personality.csrf ? of.fqdn : undefined }
      : undefined,
    display: of.display && {
      type: of.display.type,
      ...(isOld && { address: of.display.address, port: new Int(of.display.port) }),
    },
    actions: { link: [{ rel: 'start', href: `${base}/vms/${of.id}/start` }] },
  };
}

/** 4.x shows consoles as a resource of their own. */
export function graphicsConsoles(of: SimVm): WireObject[] {
  if (!of.display) return [];
  const { type, address, port } = of.display;
  return [{ id: hex(type), protocol: type, address, port: new Int(port) }];
}

export function nic(base: string, vmId: string, of: SimNic): WireObject {
  return {
    ...reference(`${base}/vms/${vmId}`, 'nics', of.id),
    name: of.name,
    mac: { address: of.mac },
    interface: 'virtio',
    plugged: true,
    linked: true,
  };
}

/** What the guest agent reports; its names are the guest's, so only the MAC address tells the NIC. */
export function reportedDevice(of: SimNic, index: number): WireObject {
  return {
    id: hex(of.mac),
    name: `eth${index}`,
    type: 'network',
    mac: { address: of.mac.toUpperCase() },
    ips: {
      ip: of.addresses.map((address) => ({ address, version: address.includes(':') ? 'v6' : 'v4' })),
    },
  };
}

export function disk(base: string, of: SimDisk, engine: Engine): WireObject {
  const isOld = engine.personality.major < 4;
  return {
    ...reference(base, 'disks', of.id),
    name: of.name,
    alias: of.name,
    provisioned_size: new Long(of.provisionedBytes),
    actual_size: new Long(Math.floor(of.provisionedBytes / 3)),
    size: isOld ? new Long(of.provisionedBytes) : undefined,
    status: status(engine, 'ok'),
    bootable: isOld ? true : undefined,
  };
}

/** The disk itself is only a reference unless the caller follows the link (4.2+). */
export function diskAttachment(base: string, of: SimDisk, engine: Engine, followed: boolean): WireObject {
  return {
    id: of.id,
    active: true,
    bootable: true,
    interface: 'virtio_scsi',
    logical_name: '/dev/vda',
    disk: followed ? disk(base, of, engine) : reference(base, 'disks', of.id),
  };
}
