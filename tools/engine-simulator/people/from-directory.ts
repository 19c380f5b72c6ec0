import { created, forbidden, Refusal, unknownEntity, type Answer } from '../rest/answer';
import { textOf, type Call } from '../rest/call';
import { hex } from '../rest/references';
import { groupOf, userOf } from './representation';

/** `POST /users`: takes a person over from the directory; here all who are in it are known already. */
export function addUser(call: Call): Answer {
  const { engine, base, body, caller } = call;
  if (!caller.admin) throw forbidden();
  const domain = textOf(body, 'domain.name') ?? '';
  const login = (textOf(body, 'user_name') ?? '').replace(new RegExp(`@${domain}$`), '');
  if (!domain.endsWith('-authz')) {
    throw new Refusal(400, 'cannot invoke "java.util.list.iterator()" because "namespaces" is null');
  }
  const user = engine.data.users.find((one) => one.login === login && `${one.domain}-authz` === domain);
  if (!user) throw unknownEntity(`ADUSER@${domain}:: username=${login}`);
  return created(base, 'users', userOf(engine, base, user));
}

/** `POST /groups`: the same with a group, whose id follows from its name. */
export function addGroup({ engine, base, body, caller }: Call): Answer {
  const { groups } = engine.data;
  if (!caller.admin) throw forbidden();
  const [name, domain] = [textOf(body, 'name') ?? '', textOf(body, 'domain.name') ?? ''];
  const known = groups.find((group) => group.name === name && group.domain === domain);
  const id = hex(name.padEnd(16, '-').slice(0, 16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const group = known ?? { id, name, domain };
  if (!known) groups.push(group);
  return created(base, 'groups', groupOf(base, group));
}
