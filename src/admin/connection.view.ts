import type { ProbeFailure, ProbeResult, Refuser } from '../engine';
import { countOf } from '../view-kit';

/** For the partial `connection-result`. */
export interface ConnectionView {
  ok: boolean;
  heading: string;
  text: string;
  details: { label: string; value: string }[];
  /** The engine's own authority, to be trusted once its fingerprint was compared. */
  authority?: { pem: string; certificates: { subject: string; fingerprint: string; validUntil: string }[] };
  /** The right address, which a button fills in. */
  useUrl?: string;
}

const HEADINGS: Partial<Record<ProbeFailure['problem'], string>> = {
  unresolvable: 'The host name is not known',
  refused: 'The connection is refused',
  unreachable: 'The engine cannot be reached',
  timeout: 'The engine does not answer in time',
  connection_lost: 'The connection was cut',
  tls_unknown_issuer: "The engine's certificate is from an unknown CA",
  tls_name_mismatch: "The engine's certificate is for another name",
  tls_expired: "The engine's certificate has expired, or is not valid yet",
  tls_failed: 'No secure connection can be agreed on',
  redirect: 'The address redirects elsewhere',
  too_large: 'This does not look like an oVirt engine',
  not_an_engine: 'This does not look like an oVirt engine',
  too_old: 'This engine is too old',
  invalid_user: 'The user name cannot be right',
  no_rights: 'The user has no role in the engine',
  forbidden: 'The user may not read from the engine',
  not_found: 'There is no engine API at this path',
  unavailable: 'The engine is not available just now',
};

const ADVICE: Partial<Record<ProbeFailure['problem'], string>> = {
  no_rights: 'From 4.0 on ReadOnlyAdmin on the system is enough.',
  tls_failed: 'An engine of before 2015 may need "Old TLS" below.',
};

/** Headings and advice where the user or password is refused, by who refuses. */
const REFUSED: Record<Refuser, [heading: string, advice: string]> = {
  engine: [
    'The engine refuses the user or password',
    'Check the user, with its profile, such as admin@internal (admin@ovirt@internalsso where Keycloak is used), and the password.',
  ],
  keycloak: [
    'Keycloak refuses the user or password',
    "Check the user, such as admin@ovirt@internalsso, and the password, which are Keycloak's.",
  ],
  apache: [
    'Apache refuses what Keycloak granted',
    "User and password are right: check mod_auth_openidc of the engine's Apache (internalsso-openidc.conf).",
  ],
};

export function connectionView(probe: ProbeResult): ConnectionView {
  return probe.ok ? success(probe) : failure(probe);
}

function success({ product, dataCenters, apiUrl }: Extract<ProbeResult, { ok: true }>): ConnectionView {
  return {
    ok: true,
    heading: 'The connection works',
    text: `${product.name} ${product.fullVersion} with ${countOf(dataCenters.length, 'data center')} answers at ${apiUrl}.`,
    details: [],
  };
}

function failure({ problem, message, refusedBy, authority, certificateNames, apiUrl }: ProbeFailure): ConnectionView {
  const names = certificateNames?.map((name) => name.replace(/^(DNS|IP Address):/, '')).join(', ');
  const unknownCa =
    'It is probably the CA that the engine made for itself. Trust it only if its fingerprint is the one of the CA on the engine.';
  const unknownOther =
    'The CA that the engine offers did not issue this certificate. Ask whoever gave the web server its certificate for the CA, and paste it below.';
  const [heading, advice] =
    problem === 'unauthorized' ? REFUSED[refusedBy ?? 'engine'] : [HEADINGS[problem], ADVICE[problem]];
  return {
    ok: false,
    heading: heading ?? 'The engine cannot be used like this',
    text:
      problem === 'tls_unknown_issuer'
        ? authority
          ? unknownCa
          : unknownOther
        : [`${message.replace(/\.$/, '')}.`, advice].filter(Boolean).join(' '),
    details: names === undefined ? [] : [{ label: 'The certificate is for', value: names }],
    authority: authority && {
      pem: authority.pem,
      certificates: authority.certificates.map(({ subject, fingerprint, validUntil }) => ({
        subject,
        fingerprint,
        validUntil: validUntil.toISOString().slice(0, 10),
      })),
    },
    useUrl: apiUrl,
  };
}
