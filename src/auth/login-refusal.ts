import { AppError, type ErrorCode } from '../common/app-error';
import { EngineError } from '../engine';

interface Words {
  code: Extract<ErrorCode, 'login_refused' | 'forbidden' | 'engine_unreachable'>;
  message: string;
}

/** Why a login is refused: `reason` in the JSON, for our UI plugin and for the audit trail. */
const WORDS = {
  bad_credentials: { code: 'login_refused', message: 'Incorrect username or password' },
  prefix_missing: {
    code: 'login_refused',
    message: "The login does not start with the prefix of this engine's auth source, such as ovirt_",
  },
  malformed_secret: { code: 'login_refused', message: 'This is not an engine session and a user id' },
  invalid_user_id: { code: 'login_refused', message: 'The engine user id is not a GUID' },
  engine_session_ended: {
    code: 'login_refused',
    message: 'The engine does not know this session: sign in to webadmin again',
  },
  owner_mismatch: { code: 'forbidden', message: 'This engine session belongs to somebody else' },
  no_proof: {
    code: 'forbidden',
    message:
      'This engine cannot prove whose session it is; a Foreman administrator may accept less for it, on the page of its auth source',
  },
  not_registered: {
    code: 'forbidden',
    message: 'You have no account here, and this engine does not make any: ask a Foreman administrator for one',
  },
  account_disabled: { code: 'forbidden', message: 'Your account is disabled: ask a Foreman administrator' },
  foreign_origin: { code: 'forbidden', message: 'Logins are not taken from pages of this origin' },
  engine_not_registered: {
    code: 'forbidden',
    message: 'This engine is not registered here: a Foreman administrator adds it as a compute resource',
  },
  engine_replaced: {
    code: 'forbidden',
    message:
      'Another engine answers at this address than the one that was registered: a Foreman administrator confirms it by saving its compute resource again, with the password',
  },
  engine_disabled: { code: 'forbidden', message: 'Signing in through this engine is switched off' },
  engine_unreachable: { code: 'engine_unreachable', message: 'The oVirt engine does not answer: try again soon' },
} as const satisfies Record<string, Words>;
export type LoginRefusal = keyof typeof WORDS;

/** @param cause for the log alone */
export function refusal(reason: LoginRefusal, cause?: unknown): AppError {
  const { code, message } = WORDS[reason];
  return new AppError(code, message, { reason }, { cause });
}

/** The sentence for a reason that came back in an address; none for an unknown one. */
export function refusalText(reason: string): string | undefined {
  return Object.hasOwn(WORDS, reason) ? WORDS[reason as LoginRefusal].message : undefined;
}

/** What an engine's failure to prove an owner means for the login. */
export function refusalOf(error: unknown): LoginRefusal {
  if (!(error instanceof EngineError)) return 'engine_unreachable';
  switch (error.kind) {
    case 'unauthorized':
      return 'engine_session_ended';
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
