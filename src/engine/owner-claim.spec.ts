import { matchesClaim, normaliseLogin } from './owner-claim';
import type { EngineUser } from './engine-client';

const ID = '58ad9d2d-013a-00aa-018f-00000000022e';
const owner = (more: Partial<EngineUser>): EngineUser => ({
  id: ID,
  userName: 'admin@internal-authz',
  principal: null,
  domain: null,
  firstName: null,
  lastName: null,
  email: null,
  ...more,
});

describe('matchesClaim', () => {
  it.each([
    ['the name as webadmin shows it', {}, 'admin@internal-authz'],
    ['the profile instead of the extension', {}, 'admin@internal'],
    ['the extension instead of the domain (3.x)', { userName: 'admin@internal' }, 'admin@internal-authz'],
    ['another case', { userName: 'Mara@CORP-authz' }, 'mara@corp'],
    ['composed letters', { userName: 'j\u00f6rg@corp' }, 'jo\u0308rg@corp'],
    ['a Keycloak name', { userName: 'admin@ovirt@internalkeycloak-authz' }, 'admin@ovirt@internalkeycloak-authz'],
    ['a Keycloak name by profile', { userName: 'admin@ovirt@internalkeycloak-authz' }, 'admin@ovirt@internalkeycloak'],
    ['principal and domain', { userName: 'bob', principal: 'bob', domain: 'corp-authz' }, 'bob@corp'],
    ['a bare user name and its domain', { userName: 'bob', domain: 'corp' }, 'bob@corp'],
  ])('accepts %s', (_, more, login) => {
    expect(matchesClaim(owner(more), { userId: ID.toUpperCase(), login })).toBe(true);
  });

  it.each([
    ['another id', { userId: `${ID.slice(0, -1)}f`, login: 'admin@internal' }],
    ['no id', { userId: '', login: 'admin@internal' }],
    ['another login', { userId: ID, login: 'root@internal' }],
    ['another domain', { userId: ID, login: 'admin@external' }],
    ['no domain', { userId: ID, login: 'admin' }],
    ['an empty login', { userId: ID, login: '' }],
    ['a longer login', { userId: ID, login: 'admin@internal@internal' }],
    ['only the extension suffix', { userId: ID, login: 'admin@-authz' }],
  ])('refuses %s', (_, claim) => {
    expect(matchesClaim(owner({}), claim)).toBe(false);
  });
});

describe('matchesClaim of a person of Keycloak', () => {
  const kay = owner({
    userName: 'admin@ovirt@internalkeycloak-authz',
    principal: 'admin@ovirt',
    domain: 'internalkeycloak-authz',
  });

  it.each([
    'admin@ovirt@internalkeycloak-authz',
    'admin@ovirt@internalkeycloak',
    'admin@ovirt@internalsso',
    'Admin@oVirt@InternalSSO',
  ])('accepts %s', (login) => {
    expect(matchesClaim(kay, { userId: ID, login })).toBe(true);
  });

  it.each([
    'admin@ovirt',
    'admin@internalsso',
    'admin@internalkeycloak',
    'admin@internal',
    'admin@ovirt@internal',
    'ovirt@internalsso',
    'admin@ovirt@ovirt@internalsso',
    'admin@ovirt@internalsso@internalsso',
    'admin@ovirt@internalsso@internalkeycloak-authz',
    'admin@ovirt@sso',
    'admin@ovirt@',
    '@internalsso',
    'root@ovirt@internalsso',
  ])('refuses %s', (login) => {
    expect(matchesClaim(kay, { userId: ID, login })).toBe(false);
  });

  it('refuses the right name with another id', () => {
    expect(matchesClaim({ ...kay, id: ID.replace(/e$/, 'f') }, { userId: ID, login: 'admin@ovirt@internalsso' })).toBe(
      false,
    );
  });

  it.each([
    { userName: 'admin@ovirt@internal-authz', principal: 'admin@ovirt', domain: 'internal-authz' },
    { userName: 'admin@ovirt@corp-authz', principal: 'admin@ovirt', domain: 'corp-authz' },
    { userName: 'admin@ovirt@internalkeycloak-authz', principal: null, domain: null },
    { userName: 'admin@ovirt@internalkeycloak', principal: 'admin@ovirt', domain: 'internalkeycloak' },
  ])('the profile of Keycloak is none of $userName ($domain)', (other) => {
    expect(matchesClaim(owner(other), { userId: ID, login: 'admin@ovirt@internalsso' })).toBe(false);
  });
});

describe('normaliseLogin', () => {
  it.each([
    ['Admin@Internal-authz', 'admin@internal'],
    ['admin@ovirt@internalkeycloak-authz', 'admin@ovirt@internalkeycloak'],
    ['weird-authz@corp', 'weird-authz@corp'],
    ['weird-authz', 'weird-authz'],
    ['', ''],
  ])('%j → %j', (login, normal) => {
    expect(normaliseLogin(login)).toBe(normal);
  });
});
