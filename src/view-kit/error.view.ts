import type { ErrorCode, ErrorDetails } from '../common/app-error';
import { fullMessages } from '../foreman-kit';
import type { LinkView } from './page-links';

export interface ErrorPageData {
  code: ErrorCode | 'internal';
  status: number;
  /** Names the cause and the remedy. */
  message: string;
  details?: ErrorDetails;
  requestId: string;
  /** The page that failed, when trying it again can help. */
  retryUrl?: string;
  /** Other ways on, e.g. to the dashboard. */
  links?: LinkView[];
}

/** Locals of errors/error.hbs. */
export interface ErrorPage {
  title: string;
  heading: string;
  icon: string;
  message: string;
  faults: string[];
  advice?: string;
  /** Set when the reader's session is missing: the script tells webadmin, whose plugin can renew it. */
  signedOut: boolean;
  actions: LinkView[];
  status: number;
  requestId: string;
}

interface Words {
  heading: string;
  icon?: string;
  advice?: string;
}

const WARNING = 'pficon-warning-triangle-o';
const ERROR = 'pficon-error-circle-o';
const LOCKED = 'pficon-locked';

const WORDS: Record<ErrorPageData['code'], Words> = {
  bad_request: { heading: 'This address is not understood' },
  search_syntax: { heading: 'The search is not understood' },
  search_too_slow: { heading: 'The search takes too long' },
  not_signed_in: {
    heading: 'You are not signed in to Foreman',
    icon: LOCKED,
    advice:
      'Inside webadmin you are signed in with your engine session: sign in to webadmin again, then try again here.',
  },
  login_refused: { heading: 'Signing in was refused', icon: LOCKED },
  forbidden: { heading: 'You may not see this page', icon: LOCKED },
  not_found: { heading: 'Not found', icon: 'pficon-help' },
  conflict: { heading: 'This has changed in the meantime' },
  too_large: { heading: 'That is too large' },
  unsupported_media_type: { heading: 'This kind of content is not accepted' },
  invalid: { heading: 'Some values are not accepted' },
  too_many_requests: { heading: 'Too many attempts' },
  engine_unreachable: { heading: 'The oVirt engine does not answer' },
  engine_timeout: { heading: 'The oVirt engine does not answer in time' },
  engine_refused: { heading: 'The oVirt engine refused' },
  unavailable: { heading: 'Foreman is not available just now' },
  internal: {
    heading: 'Something went wrong here',
    icon: ERROR,
    advice: 'It has been logged. An administrator finds it by the request id below.',
  },
};

function faultsOf({ fields = {}, missingPermissions = [] }: ErrorDetails): string[] {
  const faults = fullMessages(fields);
  return missingPermissions.length === 0
    ? faults
    : [...faults, `Missing permission: ${missingPermissions.join(' or ')}`];
}

export function errorPage({
  code,
  status,
  message,
  details = {},
  requestId,
  retryUrl,
  links,
}: ErrorPageData): ErrorPage {
  const { heading, icon = WARNING, advice } = WORDS[code];
  const faults = faultsOf(details);
  const cause = (code === 'invalid' && faults[0]) || message; // an error names its field as programs do
  return {
    title: heading,
    heading,
    icon,
    message: cause,
    faults: faults.filter((fault) => fault !== cause),
    advice,
    signedOut: code === 'not_signed_in',
    actions: [...(retryUrl === undefined ? [] : [{ label: 'Try again', href: retryUrl }]), ...(links ?? [])],
    status,
    requestId,
  };
}
