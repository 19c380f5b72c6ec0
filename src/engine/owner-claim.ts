import type { EngineUser, OwnerClaim } from './engine-client';

/**
 * Profiles by authorization extension where engine-setup does not name the one after the other: behind Keycloak a person
 * signs in as `admin@ovirt@internalsso` and is then `admin@ovirt@internalkeycloak-authz`.
 */
const PROFILES = new Map([['internalkeycloak-authz', 'internalsso']]);

/**
 * True when both the claimed id and the claimed login are the owner's. The domain may be given as profile (`internal`)
 * (`internalsso` of Keycloak) or as authorization extension (`internal-authz`), in any case; the bare login may itself
 * hold an `@`. The engine's user id is what proves; the login only guards against mistakes.
 */
export function matchesClaim(owner: EngineUser, claim: OwnerClaim): boolean {
  if (owner.id.toLowerCase() !== claim.userId.toLowerCase()) return false;
  return loginsOf(owner).includes(normaliseLogin(claim.login));
}

/** The normalised logins that a user is known by. */
export function loginsOf({ userName, domain, principal }: EngineUser): string[] {
  const names = [userName];
  if (domain !== null) {
    const bare = principal ?? userName;
    names.push(`${bare}@${domain}`);
    const profile = PROFILES.get(domain.toLowerCase());
    if (principal !== null && profile !== undefined) names.push(`${bare}@${profile}`);
  }
  return names.map(normaliseLogin);
}

/** `Admin@Internal-authz` → `admin@internal`; split at the last `@`, as Keycloak's `admin@ovirt@internalkeycloak-authz` needs. */
export function normaliseLogin(login: string): string {
  const lower = login.normalize('NFC').toLowerCase();
  return lower.lastIndexOf('@') > 0 ? lower.replace(/(@[^@]+)-authz$/, '$1') : lower;
}
