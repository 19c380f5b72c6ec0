import { userByPassword, type Engine } from '../engine';
import type { SimUser } from '../people/data';

/** `text` is the answer's, which the engine holds back for `delayMs`. */
export type PasswordCheck = { user: SimUser } | { user: null; text: string; delayMs: number };

const NO_PROFILE = 'No valid profile found in credentials..';
const WRONG = 'Unable to log in. Verify your login information or contact the system administrator..';
const LOCKED = 'Unable to log in because the user account is disabled or locked. Contact the system administrator..';
const EXPIRED = 'Unable to log in because the password has expired. Please change the password to proceed..';

/** What 4.x makes of a user name and password: only a directory of its own takes its time to refuse. */
export function checkPassword(engine: Engine, name: string, password: string): PasswordCheck {
  if (engine.behindKeycloak) return atKeycloak(engine, name, password);
  const [login, profile] = split(name);
  const people = engine.data.users.filter(({ domain }) => domain === profile);
  const refused = (reason: string, delayMs = engine.refusalDelayMs) => ({
    ...{ user: null, delayMs },
    text: `Cannot authenticate user '${login}@${profile ?? 'N/A'}': ${reason}`,
  });
  if (people.length === 0) return refused(NO_PROFILE, 0);
  const account = people.find((user) => user.login === login);
  if (!account) return refused(WRONG);
  if (isLocked(engine, account)) return refused(LOCKED);
  const user = userByPassword(engine, name, password);
  if (!user) {
    engine.lockouts.fail(account);
    return refused(WRONG);
  }
  if (user.account === 'expired') return refused(EXPIRED);
  engine.lockouts.succeed(user);
  return { user };
}

function isLocked({ lockouts }: Engine, user: SimUser): boolean {
  return user.account === 'disabled' || user.account === 'locked' || lockouts.isLocked(user);
}

/** The last part is the profile, `internalsso` of Keycloak's people; those of `internal` are asked for there as well. */
function atKeycloak({ data }: Engine, name: string, password: string): PasswordCheck {
  const [login, profile] = split(name);
  const refused = (text: string) => ({ user: null, text: `Cannot authenticate user ${text}`, delayMs: 0 });
  if (profile !== 'internalsso' && profile !== 'internal') return refused(NO_PROFILE);
  const people = data.users.filter(({ domain }) => domain === 'internalkeycloak');
  const user = people.find((of) => of.login === login && of.password === password);
  if (user?.account === 'disabled') return refused('Account disabled.');
  return user ? { user } : refused('Invalid user credentials.');
}

function split(name: string): [login: string, profile: string | undefined] {
  const at = name.lastIndexOf('@');
  return at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)];
}
