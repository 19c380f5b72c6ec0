import type { EngineUser, OwnerClaim } from './engine-client';

/**
 * True when both the claimed id and the claimed login are the owner's. The domain may be given as profile (`internal`)
 * or as authorization extension (`internal-authz`), in any case; the bare login may itself hold an `@`.
 */
export function matchesClaim(owner: EngineUser, claim: OwnerClaim): boolean {
  if (owner.id.toLowerCase() !== claim.userId.toLowerCase()) return false;
  const names = [owner.userName];
  if (owner.domain !== null) names.push(`${owner.principal ?? owner.userName}@${owner.domain}`);
  return names.map(normaliseLogin).includes(normaliseLogin(claim.login));
}

/** `Admin@Internal-authz` → `admin@internal`; split at the last `@`, as Keycloak's `admin@ovirt@internalkeycloak-authz` needs. */
export function normaliseLogin(login: string): string {
  const lower = login.normalize('NFC').toLowerCase();
  return lower.lastIndexOf('@') > 0 ? lower.replace(/(@[^@]+)-authz$/, '$1') : lower;
}
