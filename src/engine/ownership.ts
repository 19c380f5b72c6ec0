import type { Read } from './dialect-port';
import type { OwnershipRule, SessionOwner } from './engine-client';
import { EngineError } from './engine-error';
import { loginsOf, normaliseLogin } from './owner-claim';
import { checkVersion } from './version';
import * as wire from './wire';

/**
 * Lets the engine say who owns the session that `read` uses:
 * 4.2+ names the caller in the API root (oVirt: BackendApiResource.java); 3.2 shows a filtered user list with the
 * caller alone (oVirt 3.2: GetAllDbUsersQuery.java); the versions between prove nothing to an ordinary user.
 */
export function proveOwner(read: Read, claimedId: string, rule: OwnershipRule): Promise<SessionOwner> {
  return ownerOf(read, async () =>
    rule.acceptReadableUser ? { ...(await readUser(read, claimedId)), proof: 'readable_user' } : null,
  );
}

/** The same of a session that began with the password of `login`, which is proof where the engine lists one such user. */
export function ownerByPassword(read: Read, login: string): Promise<SessionOwner> {
  return ownerOf(read, async () => {
    const wanted = normaliseLogin(login);
    const [user, ...others] = (await read('/users', wire.users)).filter((of) => loginsOf(of).includes(wanted));
    return user === undefined || others.length > 0 ? null : { ...user, proof: 'password' };
  });
}

type Proved = wire.User & Pick<SessionOwner, 'proof'>;

/** @param otherwise for engines that do not tell whose session it is */
async function ownerOf(read: Read, otherwise: () => Promise<Proved | null>): Promise<SessionOwner> {
  const { product, authenticatedUserId } = await read('', wire.apiRoot);
  checkVersion(product);
  const { instanceId } = product;
  const { major, minor } = product.version;
  if (authenticatedUserId !== null)
    return { ...(await readUser(read, authenticatedUserId)), proof: 'authenticated_user', instanceId };
  if (major === 3 && minor === 2) return { ...(await onlyVisibleUser(read)), proof: 'only_visible_user', instanceId };
  const proved = await otherwise();
  if (proved !== null) return { ...proved, instanceId };
  throw new EngineError(
    'no_proof',
    `An oVirt ${major}.${minor} engine cannot prove whose session this is; an administrator may accept less for this engine`,
  );
}

async function readUser(read: Read, id: string): Promise<wire.User> {
  const user = await read(`/users/${id}`, wire.user).catch((cause: unknown) => {
    if (cause instanceof EngineError && cause.kind === 'not_found')
      throw new EngineError('no_such_user', 'The engine has no user of this id', cause.details, { cause });
    throw cause;
  });
  if (user.id === id) return user;
  throw new EngineError('no_proof', 'The engine answered with another user than the one asked for');
}

async function onlyVisibleUser(read: Read): Promise<wire.User> {
  const [user, ...others] = await read('/users', wire.users);
  if (user && others.length === 0) return user;
  throw new EngineError('no_proof', "The engine did not answer with the session's owner alone");
}
