import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { answerHead, type HttpAnswer, type StreamedAnswer } from './answer';
import { boundedBody } from './bounded-body';
import { Dispatchers, type ConnectionSettings } from './dispatchers';
import { HttpError } from './http-error';
import { Idle } from './idle';
import { networkError } from './network-error';
import type { HttpRequest, StreamedBody } from './request';
import type { OutgoingPolicy } from './route';

export interface HttpClientSettings extends ConnectionSettings {
  policy: OutgoingPolicy;
}

const IDLE_MS = 60_000;
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * HTTP to what a policy allows, over kept connections, with verified TLS. Answers of every status but a redirect's are given
 * back; all that goes wrong is an HttpError. Redirects are errors unless the request says how many it follows.
 */
export class HttpClient {
  private readonly dispatchers: Dispatchers;

  constructor(private readonly settings: HttpClientSettings) {
    this.dispatchers = new Dispatchers(settings);
  }

  /**
   * Asks for gzip, and reads the answer to its end. A GET is sent once more when a kept connection turns out to be gone;
   * others never, nor one that says so.
   * @param maxBytes of the answer, packed or not; default 8 MiB
   */
  async request(request: HttpRequest, { maxBytes = MAX_ANSWER_BYTES } = {}): Promise<HttpAnswer> {
    try {
      return await this.readWhole(request, maxBytes);
    } catch (error) {
      const isLost = error instanceof HttpError && error.kind === 'connection_lost';
      if (!isLost || request.sendOnce === true || (request.method ?? 'GET') !== 'GET') throw error;
      return await this.readWhole(request, maxBytes);
    }
  }

  /**
   * Sends and receives with flat memory. It may take any time, but not stand still.
   * @param maxBytes of the answer; unbounded by default
   * @param idleMs without a byte taken or sent by the other side; default 60,000
   */
  async stream(request: HttpRequest, { maxBytes = Infinity, idleMs = IDLE_MS } = {}): Promise<StreamedAnswer> {
    const idle = new Idle(idleMs);
    idle.wait();
    try {
      const { data, url } = await this.follow(request, { 'accept-encoding': 'identity' }, idle);
      const body = Readable.from(received(data.body, url, maxBytes, idle, request.signal), { objectMode: false });
      body.once('close', () => data.body.destroy().on('error', () => undefined)); // one that was never read, too
      return { ...answerHead(data.statusCode, data.headers), body };
    } finally {
      idle.stop();
    }
  }

  async close(): Promise<void> {
    await this.dispatchers.close();
  }

  private async readWhole(request: HttpRequest, bytes: number): Promise<HttpAnswer> {
    const { data, url } = await this.follow(request, { 'accept-encoding': 'gzip' });
    const head = answerHead(data.statusCode, data.headers);
    const asked = `${url.origin}${url.pathname}${url.search}`;
    try {
      const chunks = await boundedBody(data.body, head.header('content-encoding') ?? '', { bytes, asked });
      return { ...head, chunks, text: () => Buffer.concat(chunks).toString() };
    } catch (error) {
      request.signal.throwIfAborted();
      throw error instanceof HttpError ? error : networkError(url.origin, error);
    }
  }

  private async follow(
    request: HttpRequest,
    headers: Record<string, string>,
    idle?: Idle,
  ): Promise<{ data: Dispatcher.ResponseData; url: URL }> {
    const { url, method = 'GET', redirects = 0 } = request;
    const data = await this.send(request, { ...headers, ...request.headers, ...request.credentials }, idle);
    if (data.statusCode < 300 || data.statusCode > 399 || data.statusCode === 304) return { data, url };
    data.body.destroy().on('error', () => undefined);
    const target = URL.parse([data.headers.location ?? []].flat()[0] ?? '', url.href);
    if (target === null || redirects === 0 || method !== 'GET') throw redirected(url, data.statusCode, target);
    return this.follow({ ...request, url: target, credentials: {}, redirects: redirects - 1 }, headers, idle);
  }

  private async send(
    { url, method = 'GET', body, signal }: HttpRequest,
    headers: Record<string, string>,
    idle?: Idle,
  ): Promise<Dispatcher.ResponseData> {
    const dispatcher = this.dispatchers.of(this.settings.policy.routeOf(url));
    const upload = isStreamed(body) ? new Upload(body, idle) : undefined;
    try {
      return await dispatcher.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers: upload ? { ...headers, 'content-length': String(upload.bytes) } : headers,
        body: upload?.stream ?? (isStreamed(body) ? null : body),
        signal: idle ? AbortSignal.any([signal, idle.signal]) : signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      if (upload?.fault !== undefined) throw upload.fault;
      throw idle?.signal.aborted ? stoodStill(url, error) : networkError(url.origin, error);
    }
  }
}

const isStreamed = (body: HttpRequest['body']): body is StreamedBody =>
  typeof body === 'object' && !Buffer.isBuffer(body);

/** A body on its way out. What it is read from may be slow; who takes it may not. */
class Upload {
  readonly stream: Readable;
  readonly bytes: number;
  /** What the source failed with. */
  fault?: Error;

  constructor({ source, bytes }: StreamedBody, idle?: Idle) {
    this.bytes = bytes;
    this.stream = Readable.from(this.sent(source, idle), { objectMode: false });
  }

  private async *sent(source: Readable, idle?: Idle): AsyncGenerator<Buffer> {
    try {
      idle?.stop();
      for await (const chunk of source as AsyncIterable<Buffer>) {
        idle?.wait();
        yield chunk;
        idle?.stop();
      }
      idle?.wait();
    } catch (error) {
      this.fault = error instanceof Error ? error : new Error('The source failed', { cause: error });
      throw error;
    }
  }
}

async function* received(
  body: AsyncIterable<Buffer>,
  url: URL,
  maxBytes: number,
  idle: Idle,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let seen = 0;
  try {
    idle.wait();
    for await (const chunk of body) {
      idle.stop();
      seen += chunk.length;
      if (seen > maxBytes)
        throw new HttpError('too_large', `The answer of ${url.origin} has more than ${maxBytes} bytes`);
      yield chunk;
      idle.wait();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HttpError) throw error;
    throw idle.signal.aborted ? stoodStill(url, error) : networkError(url.origin, error);
  } finally {
    idle.stop();
  }
}

function stoodStill(url: URL, cause: unknown): HttpError {
  return new HttpError('timeout', `${url.origin} neither took nor sent anything for too long`, {}, { cause });
}

/** What follows the target's origin may hold a session. */
function redirected(url: URL, status: number, target: URL | null): HttpError {
  const where = target ? ` to ${target.origin}/…` : '';
  return new HttpError('redirect', `${url.origin} redirects${where}`, { status, target: target?.origin });
}
