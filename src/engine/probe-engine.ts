import { z } from 'zod';
import { AccountReader } from './account-reader';
import { AccountSession } from './account-session';
import { fetchAuthority, type AuthorityOffer } from './certificate-authority';
import { detectDialect } from './dialect';
import type { CallOptions, DataCenter, ProductInfo, ServiceAccount } from './engine-client';
import { EngineError, type EngineErrorKind, type Refuser } from './engine-error';
import { EngineHttp, NO_CREDENTIALS } from './engine-http';
import { parseEngineUrl, type EngineSettings, type PasswordTry } from './engine-settings';
import { checkVersion } from './version';

/** What "Test connection" found. */
export type ProbeResult = ProbeSuccess | ProbeFailure;

export interface ProbeSuccess {
  ok: true;
  product: ProductInfo;
  dataCenters: DataCenter[];
  /** Where the API is, such as `https://engine.example.com/ovirt-engine/api`. */
  apiUrl: string;
}

export interface ProbeFailure {
  ok: false;
  problem: EngineErrorKind;
  /** A sentence with the remedy. */
  message: string;
  /** Of the problems that an answer tells. */
  refusedBy?: Refuser;
  /** For `tls_unknown_issuer`: the engine's own authority, to be trusted after a person confirmed its fingerprint. */
  authority?: AuthorityOffer;
  /** For `tls_name_mismatch`: the names the certificate is made for (`DNS:engine.example.com`). */
  certificateNames?: string[];
  /** For `not_found`: the API's right address, when the engine has one. */
  apiUrl?: string;
}

interface ProbeOptions extends CallOptions {
  /** What bounds wrong passwords of the account; absent: nothing does. */
  tryPassword?: PasswordTry;
}

/**
 * Tries an engine's address, CA and service account, and says exactly what is wrong. Throws only when aborted, and what
 * `tryPassword` throws.
 */
export async function probeEngine(
  settings: EngineSettings & ServiceAccount,
  { signal, tryPassword = (_user, send) => send() }: ProbeOptions = {},
): Promise<ProbeResult> {
  const { user, password, ...rest } = settings;
  try {
    return await tryEngine(rest, { user, password }, tryPassword, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof EngineError)) throw error;
    const { kind: problem, message, details } = error;
    const failure: ProbeFailure = { ok: false, problem, message, refusedBy: details.refusedBy };
    if (error.kind === 'tls_unknown_issuer') {
      failure.authority = (await fetchAuthority(rest, signal)) ?? undefined;
    }
    if (error.kind === 'tls_name_mismatch') failure.certificateNames = namesIn(error.cause);
    return failure;
  }
}

async function tryEngine(
  settings: EngineSettings,
  account: ServiceAccount,
  tryPassword: PasswordTry,
  signal?: AbortSignal,
): Promise<ProbeResult> {
  const http = new EngineHttp(settings);
  try {
    const dialect = await http.within(signal, (deadline) => detectDialect(http, deadline));
    const apiUrl = `${http.origin}${dialect.base}`;
    const path = parseEngineUrl(settings.url).pathname.replace(/\/+$/, '');
    if (path !== '' && path !== dialect.base && !(await isApi(http, path, signal))) {
      const message = `${http.origin} has no oVirt API at ${path}; its address is ${apiUrl}`;
      return { ok: false, problem: 'not_found', message, apiUrl };
    }
    const session = new AccountSession(http, () => Promise.resolve(dialect), account, tryPassword);
    const reader = new AccountReader(http, session);
    try {
      const product = await reader.productInfo({ signal });
      checkVersion(product);
      return { ok: true, product, dataCenters: await reader.dataCenters({ signal }), apiUrl };
    } finally {
      await Promise.allSettled([session.close()]);
    }
  } finally {
    await http.close();
  }
}

/** Some versions have the API in two places, and each says 401 without credentials. */
async function isApi(http: EngineHttp, path: string, signal?: AbortSignal): Promise<boolean> {
  try {
    const request = { path, credentials: NO_CREDENTIALS };
    const answer = await http.within(signal, (deadline) => http.request({ ...request, signal: deadline }));
    return answer.status === 401;
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'redirect') return false;
    throw error;
  }
}

const nameMismatch = z.object({ cert: z.object({ subjectaltname: z.string() }) });

function namesIn(cause: unknown): string[] {
  const parsed = nameMismatch.safeParse(cause);
  return parsed.success ? parsed.data.cert.subjectaltname.split(', ') : [];
}
