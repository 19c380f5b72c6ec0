import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { engineRecording, type EngineRecording } from './engine-recordings';

const TOKEN = 'TOKEN-OF-ADMIN';
const API = '/ovirt-engine/api';

export interface Asked {
  method: string;
  /** Below the API, without its query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

const NOTHING = { status: 404, headers: {}, body: '' };

type Answer = Pick<EngineRecording, 'status' | 'headers' | 'body'>;

/**
 * An engine that says what a real one said: sign-in (of 3.x without SSO) and its version of itself, the rest as a test lays
 * down by method and path (`GET /vms/ID`). What nobody laid down is 404.
 */
export class RecordedEngine {
  /** All but what finds the API and signs in. */
  readonly asked: Asked[] = [];
  grants = 0;
  /** Of a 3.x: others must ask for their own. */
  isAdmin = true;
  private readonly answers = new Map<string, Answer[]>();
  private token = TOKEN;

  private constructor(
    private readonly server: Server,
    private readonly fullVersion: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.handle(request).then((answer) => write(response, answer));
    });
  }

  static async start(fullVersion = '4.5.7-1.el8'): Promise<RecordedEngine> {
    const engine = new RecordedEngine(createServer(), fullVersion);
    await new Promise<void>((resolve) => engine.server.listen(0, '127.0.0.1', resolve));
    return engine;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${API}`;
  }

  /** The next answers to a request, the last of them for ever. */
  answer(request: string, ...answers: (string | Answer)[]): void {
    this.answers.set(
      request,
      answers.map((answer) => (typeof answer === 'string' ? engineRecording(answer) : answer)),
    );
  }

  /** Ends the session that it gave. */
  endSession(): void {
    this.token = `${this.token}-again`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async handle(request: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://engine');
    const body = await text(request);
    const { method = '', headers } = request;
    if (pathname.startsWith('/ovirt-engine/sso/')) return this.isOld ? NOTHING : this.sso(body);
    if (pathname.startsWith('/ovirt-engine/services/')) return { status: 200, headers: {}, body: '' };
    const refused = this.isOld ? this.refusedOld(headers) : this.refused(headers);
    if (refused) return refused;
    const path = pathname.slice(API.length);
    if (path === '') return this.root();
    const asked = { method, path, query: searchParams, headers, body: body === '' ? undefined : parsed(body) };
    this.asked.push(asked);
    const answers = this.answers.get(`${method} ${path}`) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer ?? NOTHING;
  }

  private get isOld(): boolean {
    return this.fullVersion.startsWith('3.');
  }

  private refused({ authorization }: IncomingMessage['headers']): Answer | undefined {
    if (authorization === undefined) return engineRecording('01-sso/api-no-auth');
    return authorization === `Bearer ${this.token}` ? undefined : engineRecording('01-sso/api-bad-bearer');
  }

  private refusedOld({ authorization, cookie, filter }: IncomingMessage['headers']): Answer | undefined {
    if (authorization !== undefined || cookie?.includes(TOKEN)) {
      const mayNot = { reason: 'Operation Failed', detail: '[User is not authorized to perform this action.]' };
      return this.isAdmin || filter === 'true' ? undefined : { status: 403, headers: {}, body: mayNot };
    }
    return { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="RESTAPI"' }, body: '' };
  }

  private sso(form: string): Answer {
    if (!form.includes('grant_type')) return engineRecording('01-sso/token-no-grant-type');
    this.grants += 1;
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body: { access_token: this.token } };
  }

  private root(): Answer {
    const [major, minor] = this.fullVersion.split('.');
    const version = { major, minor, full_version: this.fullVersion };
    const body = { product_info: { name: 'oVirt Engine', version } };
    return { status: 200, headers: { 'Content-Type': 'application/json', JSESSIONID: TOKEN }, body };
  }
}

const parsed = (body: string): unknown => JSON.parse(body) as unknown;

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  for (const [name, value] of Object.entries(headers))
    if (!/^(content-encoding|content-length|transfer-encoding)$/i.test(name)) response.setHeader(name, value);
  response.statusCode = status;
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
