import type { Api } from '../api';
import { ok } from './answer';
import type { Call } from './call';
import { Int, type WireObject } from './encode';
import { linksOf, reference } from './references';

const COLLECTIONS = [
  ...['clusters', 'datacenters', 'events', 'hosts', 'networks', 'roles', 'storagedomains', 'tags', 'templates'],
  ...['instancetypes', 'users', 'groups', 'domains', 'vms', 'disks', 'jobs', 'vnicprofiles', 'permissions'],
  ...['operatingsystems', 'openstackimageproviders', 'imagetransfers'],
];

/** The API's root. */
export function register(api: Api): void {
  api.get('/', (call) => {
    const Link = COLLECTIONS.map((rel) => `<${api.engine.url}${api.base}/${rel}>; rel=${rel}`).join(',');
    return { ...ok(rootOf(call)), ...(api.engine.personality.major >= 4 && { headers: { Link } }) };
  });
}

function rootOf({ engine, base, caller, filtered }: Call): WireObject {
  const { personality, data } = engine;
  const itself = personality.authenticatedUser ? reference(base, 'users', caller.id) : undefined;
  const isWhole = caller.admin && !filtered;
  return {
    engine_backup: isWhole && personality.authenticatedUser ? {} : undefined,
    product_info: productOf({ engine, caller }),
    special_objects: {
      blank_template: reference(base, 'templates', '00000000-0000-0000-0000-000000000000'),
      root_tag: reference(base, 'tags', '00000000-0000-0000-0000-000000000000'),
    },
    summary: isWhole
      ? {
          vms: count(data.vms.length),
          ...(personality.major >= 4 && { hosts: count(data.hosts.length), users: count(data.users.length) }),
          ...(personality.major >= 4 && { storage_domains: count(0) }),
        }
      : undefined,
    ...{ authenticated_user: itself, effective_user: itself, time: engine.clock.now() },
    link: linksOf(base, personality.major < 4 ? ['datacenters', 'clusters', 'users', 'vms'] : COLLECTIONS),
  };
}

const count = (n: number) => ({ active: new Int(n), total: new Int(n) });

function productOf({ engine, caller }: Pick<Call, 'engine' | 'caller'>): WireObject {
  const { personality, data } = engine;
  return {
    name: 'oVirt Engine',
    vendor: personality.authenticatedUser ? undefined : 'ovirt.org',
    instance_id: personality.authenticatedUser && caller.admin ? data.instanceId : undefined,
    version: {
      major: new Int(personality.major),
      minor: new Int(personality.minor),
      build: new Int(personality.major < 4 ? 0 : 4),
      revision: new Int(0),
      full_version: personality.csrf ? `${personality.version}.4-1.el8` : undefined,
    },
  };
}
