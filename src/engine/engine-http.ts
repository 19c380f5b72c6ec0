import { Pool } from 'undici';
import { readCertificates } from './certificates';
import { answeredJson } from './answered-json';
import { boundedBody } from './bounded-body';
import { EngineError } from './engine-error';
import { networkError } from './network-error';
import {
  DEFAULT_CONNECT_TIMEOUT_MS,
  DEFAULT_MAX_ANSWER_BYTES,
  DEFAULT_SIGN_IN_TIMEOUT_MS,
  DEFAULT_TOTAL_TIMEOUT_MS,
  parseEngineUrl,
  type EngineSettings,
} from './engine-settings';

/** What authenticates a request, and the texts in it that no error may repeat. */
export interface Credentials {
  headers: Record<string, string>;
  secrets: string[];
}

export const NO_CREDENTIALS: Credentials = { headers: {}, secrets: [] };

export type EngineMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface EngineRequest {
  path: string;
  credentials: Credentials;
  signal: AbortSignal;
  /** Default: POST with a form, else GET. */
  method?: EngineMethod;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: object;
  /** Instead of the settings' bound. */
  maxAnswerBytes?: number;
  /** It carries a password, whose refusal takes seconds: it goes over connections of its own, which nobody else needs. */
  signIn?: boolean;
}

export interface EngineAnswer {
  status: number;
  header: (name: string) => string | undefined;
  /** All values of Set-Cookie. */
  cookies: string[];
  text: () => string;
  /** The body as snake_case JSON, undefined when it is anything else. */
  json: unknown;
}

const MAX_CONNECTIONS = 16;
const MAX_SIGN_INS = 32;

/**
 * HTTP to one engine's origin and nowhere else, over kept connections: verified TLS, bounded time, size and depth.
 * A redirect is an error, so credentials never follow one.
 */
export class EngineHttp {
  readonly origin: string;
  readonly signInTimeoutMs: number;
  private readonly pool: Pool;
  private readonly signInPool: Pool;
  private readonly totalTimeoutMs: number;
  private readonly maxAnswerBytes: number;

  /** Unverified TLS is for fetching what a person will verify; never send credentials over it. Throws `invalid_url`, `invalid_ca`. */
  constructor(settings: EngineSettings, { verifyTls } = { verifyTls: true }) {
    if (settings.ca) readCertificates(settings.ca);
    this.origin = parseEngineUrl(settings.url).origin;
    this.totalTimeoutMs = settings.totalTimeoutMs ?? DEFAULT_TOTAL_TIMEOUT_MS;
    this.signInTimeoutMs = settings.signInTimeoutMs ?? DEFAULT_SIGN_IN_TIMEOUT_MS;
    this.maxAnswerBytes = settings.maxAnswerBytes ?? DEFAULT_MAX_ANSWER_BYTES;
    const shared = {
      // Every request has a deadline of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: {
        timeout: settings.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
        ca: settings.ca,
        rejectUnauthorized: verifyTls,
        ...(settings.insecureOldTls && { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT:@SECLEVEL=0' }),
      },
    };
    this.pool = new Pool(this.origin, { ...shared, connections: MAX_CONNECTIONS });
    this.signInPool = new Pool(this.origin, { ...shared, connections: MAX_SIGN_INS });
  }

  /** Runs one call of possibly several requests within a time, by default the total; the caller's signal ends it earlier. */
  async within<T>(
    signal: AbortSignal | undefined,
    call: (deadline: AbortSignal) => Promise<T>,
    timeoutMs = this.totalTimeoutMs,
  ): Promise<T> {
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutMs);
    const deadline = signal ? AbortSignal.any([signal, timeout]) : timeout;
    try {
      return await abortable(call(deadline), deadline);
    } catch (error) {
      signal?.throwIfAborted();
      throw timeout.aborted ? this.timedOut(timeoutMs, error) : error;
    }
  }

  /**
   * One request. A GET is sent once more when a kept connection turns out to be gone; others never.
   * Answers of every status but 3xx are given back.
   */
  async request(request: EngineRequest): Promise<EngineAnswer> {
    try {
      return await this.send(request);
    } catch (error) {
      const isLost = error instanceof EngineError && error.kind === 'connection_lost';
      if (!isLost || methodOf(request) !== 'GET') throw error;
      return await this.send(request);
    }
  }

  /** Drops all connections and what runs on them. */
  async close(): Promise<void> {
    await Promise.all([this.pool.destroy(), this.signInPool.destroy()]);
  }

  private async send(request: EngineRequest): Promise<EngineAnswer> {
    const { path, credentials, signal, signIn = false } = request;
    try {
      const { type, body } = bodyOf(request);
      const answer = await (signIn ? this.signInPool : this.pool).request({
        method: methodOf(request),
        path,
        // The SSO servlets compare Accept with exactly this text (oVirt: SsoService.java).
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          ...(type && { 'content-type': type }),
          ...request.headers,
          ...credentials.headers,
        },
        body,
        signal,
      });
      const { statusCode: status, headers } = answer;
      const asked = `${this.origin}${path}`;
      const encoding = String(headers['content-encoding'] ?? '');
      const bytes = request.maxAnswerBytes ?? this.maxAnswerBytes;
      const chunks = await boundedBody(answer.body, encoding, { bytes, asked });
      if (status >= 300 && status < 400) throw this.redirected(status, headers.location);
      return {
        status,
        header: (name) => [headers[name] ?? []].flat()[0],
        cookies: [headers['set-cookie'] ?? []].flat(),
        text: () => Buffer.concat(chunks).toString(),
        json: await answeredJson(String(headers['content-type'] ?? ''), chunks, asked),
      };
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof EngineError ? error : networkError(this.origin, error);
    }
  }

  private redirected(status: number, location: string | string[] | undefined): EngineError {
    const target = [location ?? []].flat()[0] ?? '';
    const to = URL.canParse(target, this.origin) ? new URL(target, this.origin) : undefined;
    const where = to ? ` to ${to.origin}/…` : ''; // what follows may hold the session
    return new EngineError('redirect', `${this.origin} redirects${where}; register the address it redirects to`, {
      status,
    });
  }

  private timedOut(timeoutMs: number, cause: unknown): EngineError {
    return new EngineError('timeout', `${this.origin} did not answer within ${timeoutMs / 1000} s`, {}, { cause });
  }
}

const methodOf = ({ method, form }: EngineRequest): EngineMethod => method ?? (form ? 'POST' : 'GET');

function bodyOf({ form, json }: EngineRequest): { type?: string; body: string | null } {
  if (form) return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
  return json ? { type: 'application/json', body: JSON.stringify(json) } : { body: null };
}

/** The promise, given up when the signal aborts; what it awaits may be shared with others and goes on. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('Given up'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
