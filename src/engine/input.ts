import { z } from 'zod';
import { EngineError } from './engine-error';

/** RFC 6265's cookie-octets: no control character, space, quote, comma, semicolon or backslash. */
const SECRET = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,4096}$/;

/** Refuses what could not be an engine session or token, before it gets into a header. Throws `invalid_secret`. */
export function checkSecret(secret: string): void {
  if (SECRET.test(secret)) return;
  throw new EngineError('invalid_secret', 'This is not an engine session or token');
}

const guid = z.guid();

/** Whether it could be the id of anything in an engine: a GUID of any version and variant. */
export function isEngineId(text: string): boolean {
  return guid.safeParse(text).success;
}

/** An id fit for a path, in lower case. Throws `invalid_id`. */
export function checkId(id: string): string {
  if (isEngineId(id)) return id.toLowerCase();
  throw new EngineError('invalid_id', 'An engine id is a GUID such as 58ad9d2d-013a-00aa-018f-00000000022e');
}

/**
 * Refuses a user name that no 4.x engine can sign in, before its password goes anywhere. Behind Keycloak people of the
 * engine's own directory are not asked for there. Throws `invalid_user`.
 */
export function checkUser(user: string, { behindKeycloak }: { behindKeycloak: boolean }): void {
  const profile = /.@([^@]+)$/.exec(user)?.[1]?.toLowerCase();
  const example = behindKeycloak ? 'admin@ovirt@internalsso' : 'admin@internal';
  if (profile === undefined)
    throw new EngineError('invalid_user', `A user is given with its profile at the end, such as ${example}`);
  if (behindKeycloak && profile === 'internal')
    throw new EngineError(
      'invalid_user',
      `This engine signs people in by Keycloak, which has no profile "internal": give a user of Keycloak, such as ${example}`,
    );
}

const CORRELATION_ID = /^[\w-]{1,36}$/;

/** Refuses what an engine would keep otherwise than it was sent (oVirt: CurrentFilter.java). Throws `invalid_id`. */
export function checkCorrelationId(id: string): string {
  if (CORRELATION_ID.test(id)) return id;
  throw new EngineError('invalid_id', 'A correlation id is at most 36 letters, digits, "-" and "_"');
}

/** Refuses a name that Basic would cut, so that the password were tried for somebody else. Throws `invalid_user`. */
export function checkBasicUser(user: string): void {
  if (user.includes(':')) throw new EngineError('invalid_user', 'A user of a 3.x engine has no colon in its name');
}
