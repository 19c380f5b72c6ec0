import type { RegisteredEngine } from '../../compute-resources';
import type { LoginRefusal } from '../login-refusal';

/** What a login form holds; `engine` is the engine's base URL, as our UI plugin sends it, or a compute resource's id or name. */
export interface LoginForm {
  login: string;
  password: string;
  engine?: string;
}

const MAX_LOGIN = 255;
const MAX_PASSWORD = 16_384;

/** Why these can be nobody's credentials. @param told whether somebody says that they are an engine's */
export function faultIn({ login, password }: LoginForm, { told }: { told: boolean }): LoginRefusal | null {
  if (login === '' || login.length > MAX_LOGIN || !isPlainText(login)) return 'bad_credentials';
  if (password.length > MAX_PASSWORD) return 'malformed_secret';
  return password === '' && !told ? 'bad_credentials' : null;
}

/** No login has control characters, and no database keeps NUL. */
export function isPlainText(login: string): boolean {
  return !/\p{Cc}/u.test(login);
}

/** True when the login is one of this engine's people: it starts with the engine's prefix, in any case. */
export function hasPrefixOf({ loginPrefix }: RegisteredEngine, login: string): boolean {
  return login.length > loginPrefix.length && login.toLowerCase().startsWith(loginPrefix.toLowerCase());
}

/** `<secret>;<engine user id>`, cut at the last semicolon (Foreman: auth_source_ovirt.rb); null without a semicolon. */
export function splitSecret(password: string): { secret: string; userId: string } | null {
  const cut = password.lastIndexOf(';');
  return cut === -1 ? null : { secret: password.slice(0, cut), userId: password.slice(cut + 1) };
}

/** The login as the engine knows it: the prefix is cut at the start, and only there. */
export function withoutPrefix({ loginPrefix }: RegisteredEngine, login: string): string {
  return login.slice(loginPrefix.length);
}

/** Web origin of an engine's base URL (`https://engine.example.com/ovirt-engine/`); null when it is none. */
export function webOriginOrNull(engineUrl: string): string | null {
  const url = URL.parse(engineUrl);
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : null;
}
