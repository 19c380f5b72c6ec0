export const ENGINE_VERSIONS = ['3.2', '3.3', '3.4', '3.6', '4.1', '4.3', '4.5'] as const;
export type EngineVersion = (typeof ENGINE_VERSIONS)[number];

/** What one engine generation does differently on the wire. */
export interface EnginePersonality {
  version: EngineVersion;
  major: number;
  minor: number;
  /** Where the REST API is mounted; the first is the one webadmin uses. */
  apiPaths: string[];
  /** 3.2 and 3.3 write Java bean names: `dataCenter`, and lists in the plural: `{"users": [...]}`. */
  beanNames: boolean;
  /** `"sockets": "2"` (oVirt: 3.4+). */
  integersAsText: boolean;
  /** `"bootable": "true"` (oVirt: 3.5+). */
  booleansAsText: boolean;
  /** `"memory": "1073741824"` (oVirt: 4.3+). */
  longsAsText: boolean;
  /** The realm in `WWW-Authenticate: Basic`. */
  realm: 'ENGINE' | 'RESTAPI';
  /** A 401 has an HTML body (3.5+), otherwise none. */
  htmlUnauthorized: boolean;
  /** Logs in at `/ovirt-engine/sso` and takes Bearer tokens. */
  sso: boolean;
  /** Knows `Prefer: csrf-protection` (oVirt: CSRFProtectionFilter.java, 3.5+). */
  csrf: boolean;
  /** 3.2 serves a session request that lacks `Prefer: persistent-auth` before it kills the session; later ones refuse it. */
  servesBeforeKilling: boolean;
  /** User names carry the authorization extension: `admin@internal-authz` (3.6+). */
  authzNames: boolean;
  /** The API root names the caller (4.2+). */
  authenticatedUser: boolean;
  /** Knows `?follow=` (4.2+). */
  follow: boolean;
  /** A filtered `/users` shows the caller alone (oVirt: GetAllDbUsersQuery.java, 3.2 only). */
  filteredUsersAreCaller: boolean;
}

/** The personality of a version, by the first version that had each trait. */
export function personalityOf(version: EngineVersion): EnginePersonality {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const since = (wantedMajor: number, wantedMinor: number) =>
    major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  return {
    version,
    major,
    minor,
    apiPaths: [...(since(3, 4) ? ['/ovirt-engine/api'] : []), ...(since(4, 0) ? [] : ['/api'])],
    beanNames: !since(3, 4),
    integersAsText: since(3, 4),
    booleansAsText: since(3, 5),
    longsAsText: since(4, 3),
    realm: since(3, 5) ? 'RESTAPI' : 'ENGINE',
    htmlUnauthorized: since(3, 5),
    sso: since(4, 0),
    csrf: since(3, 5),
    servesBeforeKilling: !since(3, 3),
    authzNames: since(3, 6),
    authenticatedUser: since(4, 2),
    follow: since(4, 2),
    filteredUsersAreCaller: !since(3, 3),
  };
}

/** Whether an engine of this version proves to everybody whose session one is: by its one-user list, or by name. */
export function provesOwner(version: EngineVersion): boolean {
  const { filteredUsersAreCaller, authenticatedUser } = personalityOf(version);
  return filteredUsersAreCaller || authenticatedUser;
}
