import { setTimeout as delay } from 'node:timers/promises';
import { startService } from '../service.mjs';

const PORT = '3998';
const PASSWORD = 'soak-admin-password';
const AUTHORIZATION = `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`;
const CALLERS = 8;
const UPLOADERS = 2;
/** Requests that are made up at a time. */
const BATCH = 200;
/** Rows that random ids may hit: what must not be lost comes after them. */
const FIRST_ROWS = 12;

/** One service that is asked at random, and killed and started anew. */
export class Soak {
  #service;
  #document;
  #acknowledged = new Set();
  #statuses = new Map();
  #faults = [];
  #lost = new Set();
  #next = 0;

  constructor({ databaseUrl, seed, requests, kills, requestsOf, faultOf }) {
    Object.assign(this, { databaseUrl, seed, requests, kills, requestsOf, faultOf });
  }

  /** @returns {Promise<{ statuses: Map<number, number>, faults: string[], lost: string[], acknowledged: number, seconds: number }>} */
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
    });
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

  /** Some of the requests, and uploads beside them, under which the service is killed at the end, when it is to be. */
  async #round(round, amount, isKilled) {
    const state = { left: amount, isOver: false };
    const callers = Array.from({ length: CALLERS }, (_, n) => this.#call(state, this.seed + round * CALLERS + n));
    const uploaders = Array.from({ length: UPLOADERS }, () => this.#upload(state));
    await Promise.all(callers);
    if (isKilled) process.kill(this.#service.pid, 'SIGKILL');
    state.isOver = true;
    await Promise.all(uploaders);
    if (!isKilled) return;
    await this.#service.exited;
    await this.#start();
  }

  async #call(state, seed) {
    for (let batch = 0; state.left > 0; batch += 1) {
      for (const request of this.requestsOf(this.#document, seed * 1_000 + batch, Math.min(BATCH, state.left))) {
        if (state.left-- <= 0) return;
        const { status, text } = await this.#send(request);
        this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
        const fault = this.faultOf(status, text);
        if (fault !== undefined)
          this.#faults.push(`${request.method} ${request.path} ${request.body ?? ''} -> ${fault}`);
      }
    }
  }

  async #upload(state) {
    while (!state.isOver) {
      const name = `kept${this.#next++}`;
      try {
        const { status } = await this.#send({ method: 'POST', path: '/api/v2/hosts/facts', body: facts(name, 1) });
        if (status === 201) this.#acknowledged.add(name);
        await delay(5);
      } catch (error) {
        if (!state.isOver) throw error; // else it was killed
      }
    }
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

  async #send({ method, path, body, headers = {} }) {
    const answer = await fetch(this.#service.url + path, {
      method,
      body,
      redirect: 'manual',
      headers: { authorization: AUTHORIZATION, 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, text: await answer.text() };
  }
}

const facts = (name, value) => JSON.stringify({ name, facts: { value } });
