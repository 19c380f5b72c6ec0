import { HttpClient, HttpError, OneOrigin, within, type AnswerHead } from '../http-client';
import { readCertificates } from './certificates';
import { answeredJson } from './answered-json';
import { EngineError } from './engine-error';
import { engineErrorOf } from './network-error';
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
  /** It carries a password, whose refusal takes seconds: it goes over connections of its own, which nobody else needs, and once. */
  signIn?: boolean;
}

export interface EngineAnswer extends AnswerHead {
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
  private readonly client: HttpClient;
  private readonly signIns: HttpClient;
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
      policy: new OneOrigin(this.origin),
      connectTimeoutMs: settings.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
      tls: { ca: settings.ca, verify: verifyTls, insecureOldTls: settings.insecureOldTls },
    };
    this.client = new HttpClient({ ...shared, connections: MAX_CONNECTIONS });
    this.signIns = new HttpClient({ ...shared, connections: MAX_SIGN_INS });
  }

  /** Runs one call of possibly several requests within a time, by default the total; the caller's signal ends it earlier. */
  within<T>(
    signal: AbortSignal | undefined,
    call: (deadline: AbortSignal) => Promise<T>,
    timeoutMs = this.totalTimeoutMs,
  ): Promise<T> {
    return within(signal, timeoutMs, call, (cause) => this.timedOut(timeoutMs, cause));
  }

  /**
   * One request. A GET is sent once more when a kept connection turns out to be gone; others never, nor a sign-in.
   * Answers of every status but 3xx are given back.
   */
  async request(request: EngineRequest): Promise<EngineAnswer> {
    const { path, credentials, signal, signIn = false } = request;
    const url = new URL(`${this.origin}${path}`);
    try {
      const { type, body } = bodyOf(request);
      const answer = await (signIn ? this.signIns : this.client).request(
        {
          url,
          method: request.method ?? (request.form ? 'POST' : 'GET'),
          // The SSO servlets compare Accept with exactly this text (oVirt: SsoService.java).
          headers: { accept: 'application/json', ...(type && { 'content-type': type }), ...request.headers },
          credentials: credentials.headers,
          body,
          signal,
          sendOnce: signIn,
        },
        { maxBytes: request.maxAnswerBytes ?? this.maxAnswerBytes },
      );
      const { chunks, ...rest } = answer;
      return { ...rest, json: await answeredJson(answer.header('content-type') ?? '', chunks, url.href) };
    } catch (error) {
      throw error instanceof HttpError ? engineErrorOf(this.origin, error) : error;
    }
  }

  /** Drops all connections and what runs on them. */
  async close(): Promise<void> {
    await Promise.all([this.client.close(), this.signIns.close()]);
  }

  private timedOut(timeoutMs: number, cause: unknown): EngineError {
    return new EngineError('timeout', `${this.origin} did not answer within ${timeoutMs / 1000} s`, {}, { cause });
  }
}

function bodyOf({ form, json }: EngineRequest): { type?: string; body?: string } {
  if (form) return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
  return json ? { type: 'application/json', body: JSON.stringify(json) } : {};
}
