import { readFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { EngineSimulator } from '../../tools/engine-simulator';

const Recorded = z.object({
  name: z.string(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.string().optional(),
  }),
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});

/**
 * A recorded request with its answer, whose body has the names of its members and, of the values, those that matter to what
 * follows: ids, tokens and the texts of faults.
 */
export type Recorded = z.output<typeof Recorded>;

/** All recordings of a folder, by name. */
export function recordedFolder(folder: string): Map<string, Recorded> {
  const file = join(__dirname, '../fixtures/engine/agreement', `${folder}.jsonl`);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const all = lines.map((line) => Recorded.parse(JSON.parse(line)));
  return new Map(all.map((one) => [one.name, one]));
}

/** What is compared of an answer. */
export interface Comparable {
  status: number;
  challenge?: string;
  type?: string;
  allow?: string;
  /** `as sent`, `made up`, or what was made of what was sent. */
  correlation?: string;
  location?: string;
  /** Of a resource or action. */
  state?: string;
  /** Names of members, those of a list's first item as `vm.name`; short texts as they are. */
  members: string[];
  fault?: string;
}

const CORRELATION = 'Correlation-Id';
const FAULT_TEXTS = ['detail', 'reason', 'error', 'error_code', 'error_description'];
const WHOLE_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function membersOf(body: unknown): string[] {
  if (!isObject(body)) return [];
  return Object.entries(body)
    .flatMap(([name, value]) => {
      const [first] = Array.isArray(value) && name !== 'link' ? (value as unknown[]) : [];
      return isObject(first) ? [name, ...Object.keys(first).map((inner) => `${name}.${inner}`)] : [name];
    })
    .sort();
}

function faultOf(body: unknown): string | undefined {
  if (!isObject(body))
    return typeof body === 'string' && body !== '' && body.length < 200 && !body.startsWith('<') ? body : undefined;
  const fault = isObject(body.fault) ? body.fault : body;
  const texts = FAULT_TEXTS.map((name) => fault[name]).filter((text) => typeof text === 'string');
  const text = texts.join(' | ').replaceAll(UUID, 'ID');
  return text.startsWith('statementcallback') ? 'an error of the database' : text || undefined;
}

function correlationOf(answered: string | undefined, sent: string | undefined): string | undefined {
  if (answered !== undefined && answered === sent) return 'as sent';
  return answered?.replace(WHOLE_UUID, 'made up');
}

interface Exchanged {
  status: number;
  header: (name: string) => string | undefined;
  body: unknown;
  /** Correlation id of the request. */
  sent: string | undefined;
}

function comparable({ status, header, body, sent }: Exchanged): Comparable {
  const type = header('Content-Type')?.split(';')[0];
  const isData = status >= 400 || type === 'application/json';
  return {
    status,
    challenge: header('WWW-Authenticate'),
    type: status === 204 || status === 202 ? undefined : type,
    allow: header('Allow')?.split(/, */).toSorted().join(','),
    correlation: correlationOf(header(CORRELATION), sent),
    location: header('Location')
      ?.replace(/^https?:\/\/[^/]+/, '')
      .replaceAll(UUID, 'ID'),
    state: isObject(body) && typeof body.status === 'string' ? body.status : undefined,
    members: isData ? membersOf(body) : [],
    fault: status >= 400 ? faultOf(body)?.replaceAll(/https?:\/\/[^/]+/g, 'URL') : undefined,
  };
}

/** Sends the recorded requests of a folder to a simulator, one after the other. */
export class Replay {
  /** Ids and tokens of the recording, and what they are here. */
  private readonly known = new Map<string, string>();

  private readonly fixed: ReadonlySet<string>;

  constructor(
    private readonly simulator: EngineSimulator,
    /** Whose token `TOKEN-OF-…` is, by its end in lower case. */
    private readonly owners: Readonly<Record<string, string>>,
  ) {
    this.fixed = new Set(JSON.stringify(simulator.data).match(UUID));
  }

  /** An id of the recording, and what it is here. */
  means(was: string, is: string | undefined): void {
    if (is !== undefined) this.known.set(was, is);
  }

  /** A request that was not recorded, by the administrator. */
  async ask(method: string, path: string, body: string, headers: Record<string, string> = {}): Promise<void> {
    const Authorization = await this.translate('Bearer TOKEN-OF-ADMIN');
    const sent = { ...headers, Authorization, Accept: 'application/json', 'Content-Type': 'application/json' };
    await ask(`${this.simulator.url}/ovirt-engine/api${await this.translate(path)}`, method, sent, body);
  }

  /** The next request gets a token of its own. */
  forget(token: string): void {
    this.known.delete(token);
  }

  /**
   * @param complete brings back what the recording left out of the request's body
   * @returns what was recorded and what the simulator answers, to be compared
   */
  async send(recorded: Recorded, complete = (body: string) => body): Promise<{ was: Comparable; is: Comparable }> {
    const { method, path, headers, body } = recorded.request;
    const sent: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) sent[name] = await this.translate(value);
    const url = this.simulator.url + (await this.translate(path));
    const response = await ask(
      url,
      method,
      sent,
      body === undefined ? undefined : await this.translate(complete(body)),
    );
    const cookie = response.headers['set-cookie']?.[0];
    if (cookie) this.known.set('=SESSION', cookie.replace(/^JSESSIONID|;.*$/g, ''));
    const answer = parsed(response.text, response.headers['content-type']);
    this.learn(recorded.body, answer);
    return {
      was: comparable({ ...recorded, header: (name) => recorded.headers[name], sent: headers[CORRELATION] }),
      is: comparable({
        ...{ status: response.status, body: answer, sent: sent[CORRELATION] },
        header: (name) => textOf(response.headers[name.toLowerCase()]),
      }),
    };
  }

  private async translate(text: string): Promise<string> {
    let result = text.replace('Basic CLIENT', `Basic ${btoa('ovirt-engine-core:core-secret')}`);
    for (const [token] of result.matchAll(/TOKEN(-[A-Z0-9-]+)?/g)) {
      if (!this.known.has(token)) await this.signIn(token);
      result = result.replaceAll(new RegExp(`${token}(?![A-Z0-9-])`, 'g'), this.known.get(token) ?? token);
    }
    for (const [was, is] of this.known) if (!was.startsWith('TOKEN')) result = result.replaceAll(was, is);
    return result;
  }

  /** By password, as the owner of a `TOKEN-OF-…` or as the administrator. */
  async signIn(token: string, scope = 'ovirt-app-api'): Promise<void> {
    const owner = /^TOKEN-OF-([A-Z]+)/.exec(token)?.[1]?.toLowerCase() ?? 'admin';
    const user = this.simulator.data.users.find(({ id }) => id === this.owners[owner]);
    if (!user) return;
    const profile = user.domain === 'internalkeycloak' ? 'internalsso' : user.domain;
    const body = new URLSearchParams({
      ...{ grant_type: 'password', username: `${user.login}@${profile}`, password: user.password },
      scope,
    });
    const answer = await fetch(`${this.simulator.url}/ovirt-engine/sso/oauth/token`, {
      ...{ method: 'POST', headers: { Accept: 'application/json' }, body },
    });
    const { access_token: secret } = z.object({ access_token: z.string() }).parse(await answer.json());
    this.known.set(token, secret);
  }

  /** Whether the engine chose the id: those of the laboratory are the same here. */
  private isChosen(id: string): boolean {
    return id.length > 8 && !this.fixed.has(id) && !this.known.has(id);
  }

  /** Ids that the engine chose are others here. */
  private learn(was: unknown, is: unknown): void {
    if (Array.isArray(was) && Array.isArray(is)) was.forEach((item, index) => this.learn(item, is[index]));
    if (!isObject(was) || !isObject(is)) return;
    for (const [name, value] of Object.entries(was)) {
      const here = is[name];
      if (typeof value !== 'string' || typeof here !== 'string') this.learn(value, here);
      else if (name === 'access_token') this.known.set(value, here);
      else if (name === 'id' && this.isChosen(value) && here !== value) this.known.set(value, here);
    }
  }
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** By node:http, as fetch refuses some of the recorded headers. */
function ask(url: string, method: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, headers: { ...headers, 'Content-Length': Buffer.byteLength(body ?? '') } },
      (response) => {
        buffer(response).then((bytes) => {
          const isPacked = response.headers['content-encoding'] === 'gzip';
          const text = (isPacked ? gunzipSync(bytes) : bytes).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        }, reject);
      },
    );
    sent.once('error', reject).end(body);
  });
}

const textOf = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

function parsed(text: string, type: string | undefined): unknown {
  return type?.startsWith('application/json') && text !== '' ? (JSON.parse(text) as unknown) : text;
}
