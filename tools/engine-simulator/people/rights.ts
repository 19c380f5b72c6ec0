import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine';
import { forbidden, forbiddenQuery, NotFound } from '../rest/answer';
import type { Call } from '../rest/call';
import { EVERYONE_ID, SYSTEM_ID } from '../seeds';
import type { RightsOn, SimPermission, SimUser } from './data';
import { roleNamed } from './roles';

/** An object that permissions can be on, and those that it lies in, such as a VM's cluster and data center. */
export type Place = readonly { on: RightsOn; id: string | null }[];

const SYSTEM: Place = [{ on: 'system', id: SYSTEM_ID }];

export const clusterPlace = ({ data }: Engine, id: string | null): Place => {
  const cluster = data.clusters.find((one) => one.id === id);
  return [{ on: 'cluster', id }, ...dataCenterPlace(cluster?.dataCenterId ?? null)];
};
export const dataCenterPlace = (id: string | null): Place => [{ on: 'data_center', id }, ...SYSTEM];
export const vmPlace = (engine: Engine, vm: { id: string; clusterId: string }): Place => [
  { on: 'vm', id: vm.id },
  ...clusterPlace(engine, vm.clusterId),
];

/** The permissions that count for a user: their own, their groups' and everybody's. */
export function permissionsOf({ data }: Engine, user: SimUser): SimPermission[] {
  const principals = [user.id, EVERYONE_ID, ...(user.groupIds ?? [])];
  return data.permissions.filter(({ principalId }) => principals.includes(principalId));
}

/** The permissions on an object and on what it lies in, the outermost first, each as if it were on the object. */
export function permissionsAt({ data }: Engine, place: Place): SimPermission[] {
  const [itself] = place;
  return place
    .toReversed()
    .flatMap(({ on, id }) =>
      data.permissions
        .filter((one) => one.on === on && one.objectId === id)
        .map((one) => ({ ...one, on: itself?.on ?? on, objectId: itself?.id ?? one.objectId })),
    );
}

/** Whether the user may do this to what is there. `permit` is the name of an action group. */
function may(engine: Engine, user: SimUser, permit: string, place: Place): boolean {
  if (user.admin) return true;
  return permissionsOf(engine, user).some(
    ({ role, on, objectId }) => roleNamed(role).permits.includes(permit) && isIn(place, on, objectId),
  );
}

/** @throws {Refusal} 403 for want of the permit */
export function demand({ engine, caller }: Call, permit: string, place: Place): void {
  if (!may(engine, caller, permit, place)) throw forbidden();
}

/** Whether a filtered query shows it: for a permission on itself, or for one above whose role shows what is below. */
export function sees(engine: Engine, user: SimUser, place: Place): boolean {
  const [itself] = place;
  return permissionsOf(engine, user).some(({ role, on, objectId }) => {
    if (on === itself?.on && objectId === itself.id) return true;
    return roleNamed(role).showsBelow && isIn(place, on, objectId);
  });
}

/** The items that the query shows. */
export function visible<T>({ engine, caller, filtered }: Call, items: readonly T[], place: (item: T) => Place): T[] {
  if (!filtered || caller.admin) return [...items];
  return items.filter((item) => sees(engine, caller, place(item)));
}

/** The item itself where the query shows it. @throws {NotFound} */
export function visibleOne<T extends { id: string }>(
  call: Call,
  items: readonly T[],
  id: string,
  place: (item: T) => Place,
): T {
  const found = items.find((item) => item.id === id);
  if (!found || visible(call, [found], place).length === 0) throw new NotFound();
  return found;
}

/** For queries of administrators. @throws {Refusal} 400 */
export function demandAdministrator({ filtered, caller }: Call): void {
  if (filtered || !caller.admin) throw forbiddenQuery();
}

/** Gives a role, as the engine does to whoever creates something. */
export function grant(
  engine: Engine,
  role: string,
  principalId: string,
  on: RightsOn,
  objectId: string,
): SimPermission {
  const permission = { id: randomUUID(), role, principalId, on, objectId };
  engine.data.permissions.push(permission);
  return permission;
}

const isIn = (place: Place, on: RightsOn, objectId: string) =>
  place.some((one) => one.on === on && one.id === objectId);
