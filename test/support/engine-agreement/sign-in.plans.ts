import { ADMIN, was, type Plan } from './lab';

const MINUTE = 60_000;

const sso: Plan = {
  folder: '01-sso',
  prepare: (data) => was(data, '6e098b86-89bc-45fa-bf16-318199e804a8', 'web1'),
  options: { sessionIdleMs: MINUTE },
  first: [
    ...['api-before-logout', 'token-info-client-other', 'token-info-client-scope', 'token-info-validate-no-client'],
    ...['sso-logout', 'api-after-logout', 'sso-logout-again', 'sso-logout-never-used', 'api-after-logout-never-used'],
    ...['revoke-no-client', 'api-after-revoke-no-client', 'revoke-client', 'api-after-revoke-client'],
    ...['idle-1-first-use', 'idle-2-after-150s', 'idle-3-unused-token', 'idle-4-kept-alive'],
    ...['webadmin-token-logout-as-sdk', 'webadmin-token-after'],
    ...['token-lockout-1', 'token-lockout-2', 'token-lockout-3', 'token-lockout-4', 'token-lockout-5'],
    ...['token-lockout-6', 'token-locked'],
    'token-after-restart',
    ...['api-basic-persistent', 'api-cookie-persistent', 'api-cookie-without-prefer'],
    'api-cookie-after-without-prefer',
  ],
  before: {
    'sso-logout-never-used': (_, replay) => replay.forget('TOKEN-OF-ADMIN'),
    'revoke-no-client': (_, replay) => replay.forget('TOKEN-OF-ADMIN'),
    'idle-1-first-use': (_, replay) => replay.signIn('TOKEN-UNUSED'),
    'idle-2-after-150s': ({ control }) => control.advance(150_000),
    'token-after-restart': ({ control }) => control.restart(),
    'api-basic-persistent': (_, replay) =>
      ['TOKEN-OF-ADMIN', 'TOKEN', 'TOKEN-OF-WEBADMIN'].forEach((token) => replay.forget(token)),
    'api-scope-none-token': (_, replay) => replay.signIn('TOKEN-NO-SCOPE', ''),
    'api-scope-openid-token': (_, replay) => replay.signIn('TOKEN-OPENID', 'openid'),
  },
};

const users: Plan = { folder: '01-users', prepare: (data) => (data.hosts = []) };

const reads: Plan = {
  folder: '02-get',
  prepare(data) {
    data.hosts = [];
    const usual = { code: 30, severity: 'normal', description: 'User logged in.', userId: ADMIN } as const;
    for (let id = 1; id < 6; id += 1) data.events.push({ ...usual, id, at: id, correlationId: `c${id}` });
  },
};

const keycloak: Plan = {
  folder: '10-keycloak',
  options: { behindKeycloak: true },
  first: [
    ...['before-logout', 'sso-logout', 'after-logout', 'after-logout-5s', 'revoke-client', 'after-revoke'],
    ...['ordinary-root', 'ordinary-user', 'ordinary-no-right', 'new-person-1-user-add', 'new-person-2-permission'],
    ...['new-person-3-root', 'new-person-4-user', 'new-person-5-users', 'permission-by-id-and-name'],
    ...['new-person-6-root', 'new-person-7-user'],
  ],
};

export const SIGN_IN_PLANS: readonly Plan[] = [sso, users, reads, keycloak];
