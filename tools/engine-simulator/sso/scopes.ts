/** What every token of the API may besides, as the engine adds it. */
const API_EXTENSIONS = [
  ...['ovirt-ext=token-info:authz-search', 'ovirt-ext=token-info:public-authz-search'],
  ...['ovirt-ext=token-info:validate', 'ovirt-ext=token:password-access'],
];
export const API_SCOPE = 'ovirt-app-api';
const KNOWN_AT_KEYCLOAK = [API_SCOPE, 'ovirt-app-admin', 'ovirt-app-portal'];

/** The scope of a grant: those of the applications bring the API's along, everything else is taken and does nothing. */
export function grantedScope(asked: string): string {
  const scopes = asked.split(' ').filter(Boolean);
  const forApi = scopes.some((scope) => KNOWN_AT_KEYCLOAK.includes(scope));
  return [...new Set([...scopes, ...(forApi ? [API_SCOPE, ...API_EXTENSIONS] : [])])].toSorted().join(' ');
}

/** Keycloak grants no scope that it does not know, and none at all is none. */
export function isKnownToKeycloak(asked: string): boolean {
  const scopes = asked.split(' ').filter(Boolean);
  return scopes.length > 0 && scopes.every((scope) => KNOWN_AT_KEYCLOAK.includes(scope));
}
