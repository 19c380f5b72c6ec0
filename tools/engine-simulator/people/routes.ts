import type { Api } from '../api';
import { userNameOf } from '../engine';
import { NotFound, ok } from '../rest/answer';
import { itemOf, pathId, type Call } from '../rest/call';
import { Kept } from '../rest/encode';
import { follows } from '../rest/references';
import { listed, type SearchFields } from '../rest/search';
import type { SimUser } from './data';
import { addGroup, addUser } from './from-directory';
import { registerPermissions } from './permissions';
import { domainNameOf, domainOf, groupOf, heldRoleOf, roleOf, userOf } from './representation';
import { permissionsOf } from './rights';
import { roleNamed, ROLES } from './roles';

/** `/users`, `/groups`, `/roles`, `/domains` and permissions. */
export function register(api: Api): void {
  const { engine, base } = api;
  const { data, personality } = engine;
  const userFields: SearchFields<SimUser> = {
    usrname: (user) => [user.login, userNameOf(user, personality)],
    name: (user) => user.firstName,
    lastname: (user) => user.lastName,
  };
  api.get('/users', (call) => {
    const users = onlyCaller(call) ? [call.caller] : listed(call, data.users, { fields: userFields });
    return ok({ user: users.map((user) => userOf(engine, base, user)) });
  });
  api.get('/users/:id', (call) => ok(userOf(engine, base, visibleUser(call))));
  if (personality.major < 4) return;
  api.post('/users', 'User', addUser);
  api.get('/users/:id/groups', (call) => {
    const { groupIds = [] } = itemOf(data.users, pathId(call));
    const groups = engine.behindKeycloak ? [] : data.groups.filter(({ id }) => groupIds.includes(id));
    return ok({ group: new Kept(groups.map((group) => groupOf(base, group, true))) });
  });
  api.get('/users/:id/roles', (call) => {
    const user = itemOf(data.users, pathId(call));
    const roles = new Set(permissionsOf(engine, user).map(({ role }) => role));
    const held = [...roles].map((name) => roleNamed(name));
    return ok({ role: held.map(({ id, name }) => heldRoleOf(base, user.id, id, name)) });
  });
  api.get('/groups', () => ok({ group: data.groups.map((group) => groupOf(base, group)) }));
  api.post('/groups', 'Group', addGroup);
  api.get('/groups/:id', (call) => ok(groupOf(base, itemOf(data.groups, pathId(call)))));
  api.get('/roles', (call) => ok({ role: ROLES.map((role) => roleOf(base, role, follows(call, 'permits'))) }));
  api.get('/roles/:id', (call) => ok(roleOf(base, itemOf(ROLES, pathId(call)))));
  api.get('/domains', () => {
    const names = new Set(data.users.map(({ domain }) => domainNameOf(domain, personality.authzNames)));
    return ok({ domain: [...names].map((name) => domainOf(base, name)) });
  });
  registerPermissions(api);
}

/** From 4.2 on, as in 3.2, a filtered list of users is the caller alone. */
function onlyCaller({ engine, filtered }: Call): boolean {
  return filtered && (engine.personality.filteredUsersAreCaller || engine.personality.authenticatedUser);
}

function visibleUser(call: Call): SimUser {
  const user = itemOf(call.engine.data.users, pathId(call));
  if (call.engine.personality.major >= 4 && !call.caller.admin && user.id !== call.caller.id) throw new NotFound();
  return user;
}
