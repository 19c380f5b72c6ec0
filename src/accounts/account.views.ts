import { MIN_PASSWORD } from '../common/password-rule';
import { fieldOf, timeView, type FieldFaults, type FormField, type TimeView } from '../view-kit';
import type { Urls } from '../web';
import type { AccessTokenDetails, NewToken } from '../auth';
import type { TokenInput } from './access-tokens';
import { rightsOf, type UserDetails } from './user-directory.read-model';

/** Locals of account/show.hbs. */
interface AccountPage {
  login: string;
  properties: { name: string; value: string }[];
  accessKeysUrl: string;
  /** Absent for users of an engine, who have no password here. */
  password?: { action: string; fields: FormField[] };
}

export function accountPage(user: UserDetails, faults: FieldFaults, urls: Urls): AccountPage {
  return {
    login: user.login,
    properties: [
      { name: 'Name', value: [user.firstname, user.lastname].filter(Boolean).join(' ') },
      { name: 'Mail address', value: user.mail ?? '' },
      { name: 'Signs in with', value: user.engineId === null ? 'a password' : `${user.authSource}` },
      { name: 'Roles', value: rightsOf(user) },
    ],
    accessKeysUrl: urls.url('/access_keys'),
    password:
      user.engineId === null ? { action: urls.url('/account/password'), fields: passwordFields(faults) } : undefined,
  };
}

function passwordFields(faults: FieldFaults): FormField[] {
  const field = fieldOf('account', faults);
  const secret = (autocomplete: string) => ({ type: 'password', value: '', autocomplete }) as const;
  return [
    field('current_password', { label: 'Present password', required: true, text: secret('current-password') }),
    field('password', {
      label: 'New password',
      required: true,
      help: `At least ${MIN_PASSWORD} characters. Your sessions in other browsers end.`,
      text: secret('new-password'),
    }),
    field('password_confirmation', { label: 'New password again', required: true, text: secret('new-password') }),
  ];
}

/** What the page of tokens shows beside them. */
export interface TokensState {
  made?: NewToken;
  /** What was typed, when it is at fault. */
  typed?: TokenInput;
  faults?: FieldFaults;
}

/** Locals of account/tokens.hbs. */
interface TokensPage {
  made?: { name: string; secret: string };
  create?: { action: string; fields: FormField[] };
  rows: {
    name: string;
    state: string;
    created: TimeView;
    expires: TimeView | null;
    lastUsed: TimeView | null;
    revokeAction?: string;
  }[];
}

export function tokensPage(
  tokens: AccessTokenDetails[],
  { made, typed, faults = {}, mayCreate }: TokensState & { mayCreate: boolean },
  urls: Urls,
  now: Date,
): TokensPage {
  const action = urls.url('/personal_access_tokens');
  return {
    made: made && { name: made.token.name, secret: made.secret },
    create: mayCreate ? { action, fields: tokenFields(faults, typed) } : undefined,
    rows: tokens.map((token) => ({
      name: token.name,
      state: stateOf(token, now),
      created: timeView(token.createdAt, now, 'moment'),
      expires: token.expiresAt && timeView(token.expiresAt, now, 'moment'),
      lastUsed: token.lastUsedAt && timeView(token.lastUsedAt, now, 'relative'),
      revokeAction: token.revoked ? undefined : `${action}/${token.id}/revoke`,
    })),
  };
}

/** Who shows an expired token has it revoked, too: see AccessTokenStore. */
function stateOf({ revoked, expiresAt }: AccessTokenDetails, now: Date): string {
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  return revoked ? 'revoked' : 'active';
}

function tokenFields(faults: FieldFaults, typed?: TokenInput): FormField[] {
  const field = fieldOf('personal_access_token', faults);
  return [
    field('name', {
      label: 'Name',
      required: true,
      help: 'What it is for, such as "uploads of puppet1".',
      text: { type: 'text', value: typed?.name ?? '', autocomplete: 'off' },
    }),
    field('expires_at', {
      label: 'Expires',
      help: 'Empty: never.',
      text: { type: 'date', value: typed?.expires ?? '', autocomplete: 'off' },
    }),
  ];
}
