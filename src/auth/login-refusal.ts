import { AppError, type ErrorCode } from '../common/app-error';
import { EngineError } from '../engine';

/** Whose failed logins a refusal counts among; `both` is a guess. */
export type Blame = 'both' | 'account' | 'address' | 'nobody';

interface Words {
  code: Extract<ErrorCode, 'login_refused' | 'forbidden' | 'engine_unreachable'>;
  message: string | ((name: string) => string);
  /** Default: nobody. Faults of ours and of engines are nobody's. */
  blame?: Blame;
}

/** Why a login is refused: `reason` in the JSON, for our UI plugin and for the audit trail. */
const WORDS = {
  bad_credentials: { code: 'login_refused', message: 'Incorrect username or password', blame: 'both' },
  prefix_missing: {
    code: 'login_refused',
    message:
      "The login does not start with the prefix of this engine's auth source, such as ovirt_: the UI plugin's ovirtUserNamePrefix must be that prefix",
    blame: 'both',
  },
  malformed_secret: {
    code: 'login_refused',
    message: 'This is not an engine session and a user id, as in <session>;<user id>',
    blame: 'both',
  },
  invalid_user_id: { code: 'login_refused', message: 'The engine user id is not a GUID', blame: 'both' },
  engine_session_ended: {
    code: 'login_refused',
    message: 'The engine does not know this session: sign in to webadmin again',
    blame: 'both',
  },
  engine_session_or_role: {
    code: 'login_refused',
    message:
      'The engine does not know this session, or you have no role in it: sign in to webadmin again; where that does not help, ask an engine administrator for a role',
    blame: 'both',
  },
  no_engine_role: {
    code: 'forbidden',
    message:
      'The engine knows you, but you have no role in it: ask an engine administrator for one; signing in again does not help',
  },
  owner_mismatch: { code: 'forbidden', message: 'This engine session belongs to somebody else', blame: 'both' },
  no_proof: {
    code: 'forbidden',
    message:
      'This engine cannot prove whose session it is; a Foreman administrator may accept less for it, on the page of its auth source',
  },
  not_registered: {
    code: 'forbidden',
    message: 'You have no account here, and this engine does not make any: ask a Foreman administrator for one',
  },
  invalid_user: {
    code: 'login_refused',
    message:
      'An engine user is given with the profile at the end, such as admin@internal, or admin@ovirt@internalsso where Keycloak signs people in',
    blame: 'both',
  },
  user_not_listed: {
    code: 'forbidden',
    message:
      'The engine took the password, and lists no user of exactly this name, so that nobody knows whose it is: sign in from webadmin',
  },
  account_disabled: { code: 'forbidden', message: 'Your account is disabled: ask a Foreman administrator' },
  foreign_origin: {
    code: 'forbidden',
    message: (name) =>
      `Logins are not taken from ${name}: if that is webadmin, a Foreman administrator adds its origin under "Further addresses of webadmin" of the engine's compute resource`,
    blame: 'address',
  },
  engine_not_registered: {
    code: 'forbidden',
    message: (name) => `${name} is not registered here: a Foreman administrator adds it as a compute resource`,
    blame: 'address',
  },
  engine_disabled: {
    code: 'forbidden',
    message: 'Signing in through this engine is switched off; a Foreman administrator enables its auth source',
  },
  engine_not_named: {
    code: 'forbidden',
    message:
      "Several engines have the prefix of this login, and nothing says which one it is: sign in from webadmin, or have a Foreman administrator enter the engine's password again on its compute resource",
  },
  engine_replaced: {
    code: 'forbidden',
    message:
      'Another engine answers at this address than the one that was registered: a Foreman administrator confirms it by saving its compute resource again, with the password',
  },
  engine_unreachable: { code: 'engine_unreachable', message: 'The oVirt engine does not answer: try again soon' },
} as const satisfies Record<string, Words>;
export type LoginRefusal = keyof typeof WORDS;

const NAMES: Partial<Record<LoginRefusal, string>> = {
  foreign_origin: 'pages of this origin',
  engine_not_registered: 'This engine',
};

interface RefusalDetails {
  /** What is refused, for the caller. */
  name?: string;
  /** What is refused, for the audit trail alone: what only administrators may know. */
  subject?: string;
  /** Other than the reason's. */
  blame?: Blame;
  /** For the log alone. */
  cause?: unknown;
}

/** A login that is not taken, and what else the audit trail tells about it. */
export class LoginRefused extends AppError {
  readonly subject: string;
  readonly blame: Blame;

  constructor(
    readonly reason: LoginRefusal,
    { name, subject = '', blame, cause }: RefusalDetails = {},
  ) {
    const words: Words = WORDS[reason];
    super(words.code, textOf(reason, name), { reason }, { cause });
    this.subject = subject;
    this.blame = blame ?? words.blame ?? 'nobody';
  }
}

export function refusal(reason: LoginRefusal, details?: RefusalDetails): LoginRefused {
  return new LoginRefused(reason, details);
}

/** The sentence for a reason that came back in an address; none for an unknown one. */
export function refusalText(reason: string): string | undefined {
  return Object.hasOwn(WORDS, reason) ? textOf(reason as LoginRefusal) : undefined;
}

function textOf(reason: LoginRefusal, name = NAMES[reason] ?? ''): string {
  const { message }: Words = WORDS[reason];
  return typeof message === 'string' ? message : message(name);
}

/** What an engine's failure to prove an owner means for the login. */
export function refusalOf(error: unknown): LoginRefusal {
  if (!(error instanceof EngineError)) return 'engine_unreachable';
  switch (error.kind) {
    case 'unauthorized':
      return 'engine_session_ended';
    case 'ended_or_no_rights':
      return 'engine_session_or_role';
    case 'no_rights':
      return 'no_engine_role';
    case 'no_such_user':
      return 'owner_mismatch';
    case 'invalid_secret':
      return 'malformed_secret';
    case 'invalid_id':
      return 'invalid_user_id';
    case 'no_proof':
      return 'no_proof';
    default:
      return 'engine_unreachable';
  }
}

/** What an engine's refusal to sign somebody in by password means. */
export function passwordRefusalOf(error: EngineError): LoginRefusal {
  if (error.kind === 'unauthorized') return 'bad_credentials';
  if (error.kind === 'invalid_user') return 'invalid_user';
  return error.kind === 'no_proof' ? 'user_not_listed' : refusalOf(error);
}
