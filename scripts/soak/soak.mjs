// @ts-check
import { setTimeout as delay } from 'node:timers/promises';
import { startService } from '../service.mjs';
import { heldIn } from './held.mjs';
import { hangUp, send, sendInLine } from './senders.mjs';

const PORT = '3998';
const PASSWORD = 'soak-admin-password';
const AUTHORIZATION = `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`;
const CALLERS = 8;
const UPLOADERS = 2;
/** Requests that are made up at a time. */
const BATCH = 200;
/** Requests that are sent on one connection without waiting for answers. */
const IN_LINE = 4;
/** Rows that random ids may hit: what must not be lost comes after them. */
const FIRST_ROWS = 12;

/** One service that is asked at random, and killed and started anew. */
export class Soak {
  #service;
  #document;
  #session;
  #acknowledged = new Set();
  #statuses = new Map();
  #faults = [];
  #lost = new Set();
  #asked = 0;
  #uploads = 0;
  #logins = 0;

  /** @param options `folder`: for files of its own, there must be none yet */
  constructor({ databaseUrl, folder, seed, requests, kills, requestsOf, faultOf }) {
    this.databaseUrl = databaseUrl;
    this.inFlightFile = `${folder}/in-flight.json`;
    this.seed = seed;
    this.requests = requests;
    this.kills = kills;
    this.requestsOf = requestsOf;
    this.faultOf = faultOf;
  }

  /**
   * @returns {Promise<{ statuses: Map<number, number>, faults: string[], lost: string[], acknowledged: number,
   *   inFlight: object, seconds: number }>} `inFlight`: what is held at the end (in-flight.cjs), all of it should be 0
   */
  async run() {
    const startedAt = performance.now();
    await this.#start();
    await this.#prepare();
    const rounds = this.kills + 1;
    for (let round = 0; round < rounds; round += 1) {
      await this.#round(round, Math.ceil(this.requests / rounds), round < this.kills);
      await this.#compare();
    }
    return {
      statuses: this.#statuses,
      faults: this.#faults,
      lost: [...this.#lost],
      acknowledged: this.#acknowledged.size,
      inFlight: await heldIn(this.inFlightFile),
      seconds: (performance.now() - startedAt) / 1_000,
    };
  }

  async stop() {
    await this.#service?.stop();
  }

  async #start() {
    this.#service = await startService({
      DATABASE_URL: this.databaseUrl,
      PORT,
      ADMIN_PASSWORD: PASSWORD,
      SECRET_KEY: 'soak-secret-key-of-at-least-32-characters',
      LOG_LEVEL: 'fatal',
      NODE_OPTIONS: '--require ./scripts/soak/in-flight.cjs',
      IN_FLIGHT_FILE: this.inFlightFile,
    });
    this.#session = await this.#signIn();
  }

  /** @returns headers that speak for the administrator's browser */
  async #signIn() {
    const { response } = await send(this.#service.url, loginOf('admin', PASSWORD));
    const cookie = response.headers.getSetCookie()[0].split(';')[0];
    const { text } = await send(this.#service.url, { path: '/account', headers: { cookie, accept: 'text/html' } });
    return { cookie, 'x-csrf-token': /name="authenticity_token" value="([^"]+)"/.exec(text)[1] };
  }

  async #prepare() {
    for (let n = 0; n < FIRST_ROWS; n += 1) {
      await this.#send({ method: 'POST', path: '/api/v2/hosts/facts', body: facts(`web${n}`, n) });
      const user = { login: `somebody${n}`, password: 'correct-horse-battery' };
      await this.#send({ method: 'POST', path: '/api/v2/users', body: JSON.stringify({ user }) });
    }
    const answer = await this.#send({ method: 'GET', path: '/api/v2/openapi.json' });
    this.#document = JSON.parse(answer.text);
  }

  /** Some of the requests, uploads and logins beside them, under which the service is killed at the end, when it is to be. */
  async #round(round, amount, isKilled) {
    const state = { left: amount, isOver: false };
    const callers = Array.from({ length: CALLERS }, (_, n) => this.#call(state, this.seed + round * CALLERS + n));
    const others = Array.from({ length: UPLOADERS }, () => this.#repeat(state, () => this.#upload()));
    others.push(this.#repeat(state, () => this.#logIn()));
    await Promise.all(callers);
    if (isKilled) process.kill(this.#service.pid, 'SIGKILL');
    state.isOver = true;
    await Promise.all(others);
    if (!isKilled) return;
    await this.#service.exited;
    await this.#start();
  }

  async #call(state, seed) {
    for (let batch = 0; state.left > 0; batch += 1) {
      const requests = this.requestsOf(this.#document, seed * 1_000 + batch, BATCH);
      while (requests.length > 0 && state.left > 0) {
        const turn = (this.#asked += 1);
        const some = requests.splice(0, turn % 10 === 0 ? IN_LINE : 1).map((request) => this.#signed(request, turn));
        state.left -= some.length;
        await this.#ask(some, turn);
      }
    }
  }

  /** Of ten times, once all are sent in line on one connection, which is cut every other time, and once one is hung up on. */
  async #ask(requests, turn) {
    const { url } = this.#service;
    const [request] = requests;
    if (turn % 10 === 5) return hangUp(url, request, turn % 7);
    const answers =
      requests.length > 1
        ? await sendInLine(url, requests, turn % 20 === 0 ? turn % 7 : undefined)
        : [await send(url, request)];
    answers.forEach((answer, n) => answer && this.#note(requests[n], answer));
  }

  #note({ method, path, body = '' }, { status, text }) {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    const fault = this.faultOf(status, text);
    if (fault !== undefined) this.#faults.push(`${method} ${path} ${body} -> ${fault}`);
  }

  /** By a browser every third time. */
  #signed({ headers, ...request }, turn) {
    const credentials = turn % 3 === 0 ? this.#session : { authorization: AUTHORIZATION };
    return { ...request, headers: { ...credentials, ...headers } };
  }

  async #repeat(state, work) {
    while (!state.isOver) {
      try {
        await work();
        await delay(5);
      } catch (error) {
        if (!state.isOver) throw error; // else it was killed
      }
    }
  }

  async #upload() {
    const name = `kept${(this.#uploads += 1)}`;
    const { status } = await this.#send({ method: 'POST', path: '/api/v2/hosts/facts', body: facts(name, 1) });
    if (status === 201) this.#acknowledged.add(name);
  }

  /** From a network of many, right or wrong, waited for or not. */
  async #logIn() {
    const turn = (this.#logins += 1);
    const request = loginOf(`somebody${turn % 20}`, 'correct-horse-battery', `192.0.2.${turn % 50}`);
    if (turn % 2 === 0) await hangUp(this.#service.url, request, turn % 7);
    else this.#note(request, await send(this.#service.url, request));
  }

  /** What was acknowledged must be there. */
  async #compare() {
    const found = new Set();
    for (let page = 1; ; page += 1) {
      const path = `/api/v2/hosts?search=name~kept&thin=true&per_page=all&page=${page}`;
      const { results } = JSON.parse((await this.#send({ method: 'GET', path })).text);
      for (const { name } of results) found.add(name);
      if (results.length === 0) break;
    }
    for (const name of this.#acknowledged) if (!found.has(name)) this.#lost.add(name);
  }

  #send(request) {
    const headers = { authorization: AUTHORIZATION, 'content-type': 'application/json' };
    return send(this.#service.url, { ...request, headers });
  }
}

const facts = (name, value) => JSON.stringify({ name, facts: { value } });

const loginOf = (login, password, address = '127.0.0.1') => ({
  method: 'POST',
  path: '/users/login',
  headers: { 'content-type': 'application/json', accept: 'application/json', 'x-forwarded-for': address },
  body: JSON.stringify({ login: { login, password } }),
});
