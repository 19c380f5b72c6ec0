import { z } from 'zod';
import { HttpClient, HttpError, OneOrigin, type HttpAnswer, type HttpMethod } from '../../http-client';
import { CliError, EXIT } from '../cli-error';

/** Headers that prove who asks. */
export type Credentials = Record<string, string>;

export interface ServiceAddress {
  /** With the base path, such as `https://engine.example.com/foreman`. */
  url: string;
  /** PEM chain that alone is trusted; absent: the system's. */
  ca?: string;
}

const TIMEOUT_MS = 60_000;
const Refusal = z.object({ error: z.object({ message: z.string() }) });
/** `__Secure-` and `__Host-` where the service is behind HTTPS. */
const SESSION = /^(?:__(?:Host|Secure)-)?foreman_ovirt_session=([^;]+)/;

/** The credentials serve no more, or are wrong. */
export class NotSignedIn extends CliError {}

/** A running service, asked over HTTP. Everything it refuses is a CliError with its own words. */
export class ServiceClient {
  private readonly http: HttpClient;

  constructor(
    private readonly address: ServiceAddress,
    private readonly credentials: Credentials = {},
  ) {
    const policy = new OneOrigin(new URL(address.url).origin);
    this.http = new HttpClient({ policy, tls: { ca: address.ca } });
  }

  /** @param path below the base path, such as `/api/v2/access_keys` */
  get(path: string): Promise<unknown> {
    return this.ask('GET', path);
  }

  post(path: string, body: object): Promise<unknown> {
    return this.ask('POST', path, body);
  }

  delete(path: string): Promise<unknown> {
    return this.ask('DELETE', path);
  }

  put(path: string, body: object): Promise<unknown> {
    return this.ask('PUT', path, body);
  }

  /** @returns the new session's token, which serves as a bearer token */
  async login(engine: string, user: string, password: string): Promise<string> {
    const answer = await this.send('POST', '/users/login', { login: { login: user, password, engine } });
    const token = answer.cookies.map((cookie) => SESSION.exec(cookie)?.[1]).find((value) => value !== undefined);
    if (token === undefined) throw notTheService(this.address.url);
    return token;
  }

  async close(): Promise<void> {
    await this.http.close();
  }

  private async ask(method: HttpMethod, path: string, body?: object): Promise<unknown> {
    const answer = await this.send(method, path, body);
    try {
      return JSON.parse(answer.text()) as unknown;
    } catch (cause) {
      throw notTheService(this.address.url, cause);
    }
  }

  private async send(method: HttpMethod, path: string, body?: object): Promise<HttpAnswer> {
    const request = {
      url: new URL(`${this.address.url}${path}`),
      method,
      credentials: this.credentials,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    };
    const answer = await this.arrived((signal) => this.http.request({ ...request, signal }));
    if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, this.address.url);
    return answer;
  }

  private async arrived<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await call(AbortSignal.timeout(TIMEOUT_MS));
    } catch (cause) {
      const message = cause instanceof HttpError ? cause.message : `${this.address.url} did not answer in time`;
      throw new CliError(EXIT.unreachable, message, { cause });
    }
  }
}

function refusalOf(answer: HttpAnswer, url: string): CliError {
  const told = Refusal.safeParse(jsonOf(answer.text()));
  if (!told.success) return notTheService(url);
  const { message } = told.data.error;
  if (answer.status === 401) return new NotSignedIn(EXIT.refused, message);
  return new CliError(answer.status >= 500 ? EXIT.unreachable : EXIT.refused, message);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function notTheService(url: string, cause?: unknown): CliError {
  return new CliError(EXIT.unreachable, `What answers at ${url} is not the service: check --url, with its base path`, {
    cause,
  });
}
