import { randomUUID } from 'node:crypto';
import type { Api } from '../api';
import type { Engine } from '../engine';
import { complete, created, forbidden, incomplete, ok, refuse } from '../rest/answer';
import { itemOf, pathId, textOf, type Body, type Call } from '../rest/call';
import { Kept } from '../rest/encode';
import { follows } from '../rest/references';
import { SYSTEM_ID } from '../seeds';
import type { RightsOn, SimPermission } from './data';
import { permissionOf } from './representation';
import { clusterPlace, permissionsAt, permissionsOf, vmPlace, type Place } from './rights';
import { ROLES } from './roles';

const OBJECTS: readonly RightsOn[] = [
  'data_center',
  'cluster',
  'storage_domain',
  'vm',
  'template',
  'disk',
  'vnic_profile',
];
const BELOW: Readonly<Record<string, RightsOn>> = {
  ...{ datacenters: 'data_center', clusters: 'cluster', storagedomains: 'storage_domain', vms: 'vm' },
  ...{ templates: 'template', disks: 'disk' },
};

/** Permissions on everything, of users and groups, and on objects. */
export function registerPermissions(api: Api): void {
  const { engine, base } = api;
  const { data } = engine;
  const list = (call: Call, permissions: SimPermission[]) => {
    const role = follows(call, 'role.permits') ? 'permits' : follows(call, 'role') ? 'role' : undefined;
    return ok({ permission: permissions.map((permission) => permissionOf(engine, base, permission, role)) });
  };
  const answerTo = (call: Call, given: Partial<SimPermission>) => {
    const permission = add(call, given);
    const isGroup = data.groups.some(({ id }) => id === permission.principalId);
    const object = Object.entries(BELOW).find(([, on]) => on === permission.on)?.[0];
    const groupPlace = object === undefined ? `groups/${permission.principalId}` : `${object}/${permission.objectId}`;
    const owner = isGroup ? groupPlace : `users/${permission.principalId}`;
    return created(base, `${owner}/permissions`, permissionOf(engine, base, permission));
  };
  api.get('/permissions', (call) =>
    list(
      call,
      data.permissions.filter(({ on }) => on === 'system'),
    ),
  );
  api.post('/permissions', 'Permission', (call) => answerTo(call, { on: 'system', objectId: SYSTEM_ID }));
  api.get('/users/:id/permissions', (call) => {
    const user = itemOf(data.users, pathId(call));
    const isOther = !call.caller.admin && user !== call.caller;
    return list(call, isOther ? [] : permissionsOf(engine, user));
  });
  api.post('/users/:id/permissions', 'Permission', (call) => answerTo(call, { principalId: pathId(call) }));
  api.get('/groups/:id/permissions', (call) => {
    const ofGroup = data.permissions.filter(({ principalId }) => principalId === pathId(call));
    return ok({ permission: new Kept(ofGroup.map((permission) => permissionOf(engine, base, permission))) });
  });
  api.post('/groups/:id/permissions', 'Permission', (call) => answerTo(call, { principalId: pathId(call) }));
  for (const [collection, on] of Object.entries(BELOW)) {
    const path = `/${collection}/:id/permissions`;
    api.get(path, (call) => {
      const own = permissionsOf(engine, call.caller).map(({ id }) => id);
      const there = permissionsAt(engine, placeAt(engine, on, pathId(call)));
      return list(call, call.caller.admin ? there : there.filter(({ id }) => own.includes(id)));
    });
    api.post(path, 'Permission', (call) => answerTo(call, { on, objectId: pathId(call) }));
  }
  api.delete('/:collection/:id/permissions/:permissionId', (call) => {
    const permission = itemOf(data.permissions, pathId(call, 'permissionId'));
    if (!call.caller.admin) throw forbidden();
    data.permissions.splice(data.permissions.indexOf(permission), 1);
    return complete(base);
  });
}

/** Where an object lies. */
function placeAt(engine: Engine, on: RightsOn, id: string): Place {
  const vm = engine.data.vms.find((one) => one.id === id);
  if (vm) return vmPlace(engine, vm);
  return on === 'cluster'
    ? clusterPlace(engine, id)
    : [
        { on, id },
        { on: 'system', id: SYSTEM_ID },
      ];
}

/** A permission of who and what the path and the body name; the same one again is no other one. */
function add({ engine, caller, body }: Call, given: Partial<SimPermission>): SimPermission {
  const { data } = engine;
  if (!caller.admin) throw forbidden();
  const principalId = given.principalId ?? textOf(body, 'user.id') ?? textOf(body, 'group.id');
  if (principalId === undefined) throw incomplete('Permission [user|group.id] required for add');
  const place = given.on && given.objectId ? { on: given.on, objectId: given.objectId } : placeOf(body);
  if (engine.behindKeycloak && !isNamedWhole(body)) throw refuse(400);
  const role = ROLES.find(({ id, name }) => id === textOf(body, 'role.id') || name === textOf(body, 'role.name'));
  if (!role) throw refuse(400, 'Cannot add Permission. Role does not exist.');
  const wanted = { role: role.name, principalId, ...place };
  const same = data.permissions.find((one) =>
    Object.entries(wanted).every(([name, value]) => one[name as keyof SimPermission] === value),
  );
  if (same) return same;
  const permission = { id: randomUUID(), ...wanted };
  data.permissions.push(permission);
  const user = data.users.find(({ id }) => id === principalId);
  if (user) user.withoutRole = false;
  return permission;
}

/** Behind Keycloak the id alone finds nobody. */
function isNamedWhole(body: Body): boolean {
  const kind = body.group === undefined ? 'user' : 'group';
  const name = textOf(body, kind === 'user' ? 'user.user_name' : 'group.name');
  return name !== undefined && textOf(body, `${kind}.domain.name`) !== undefined;
}

function placeOf(body: Body): Pick<SimPermission, 'on' | 'objectId'> {
  for (const on of OBJECTS) {
    const objectId = textOf(body, `${on}.id`);
    if (objectId !== undefined) return { on, objectId };
  }
  throw incomplete('Permission [dataCenter|cluster|host|storageDomain|vm|vmPool|template.id] required for add');
}
