import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** A process of the service. */
export interface Instance {
  /** With the base path. */
  url: string;
  kill: () => Promise<void>;
}

/** An operation as the API shows it. */
export interface Shown {
  id: string;
  kind: string;
  title: string;
  state: string;
  finished_at: string | null;
  left_behind: { id: string }[];
}

interface Begun {
  operation: Shown;
  virtual_machine: { id: number };
}

const TRIES_FOR_MS = 120_000;
const PER_PAGE = 100;

/** Somebody signed in to the engine, who asks again wherever a process answers when one does not: with the same Idempotency-Key. */
export class StormCaller {
  private headers: Record<string, string> = {};
  private resourceId = 0;

  constructor(private readonly anyInstance: () => Instance | undefined) {}

  /** Registers the engine and signs in there. */
  async prepare(engineUrl: string, administrator: string): Promise<void> {
    const resource = { name: 'storm', url: `${engineUrl}/ovirt-engine/api`, provider: 'Ovirt' };
    const registered = await this.ask('POST', '/api/v2/compute_resources', {
      body: { compute_resource: { ...resource, user: 'admin@internal', password: 'admin-password' } },
      headers: { authorization: administrator },
    });
    this.resourceId = ((await registered.json()) as { id: number }).id;
    const login = { login: 'mara@corp', password: 'mara-password', engine: 'storm' };
    const signedIn = await this.ask('POST', '/users/login', {
      body: { login },
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    if (!signedIn.ok) throw new Error(`The sign-in was answered ${signedIn.status}: ${await signedIn.text()}`);
    const token = /foreman_ovirt_session=([^;]+)/.exec(signedIn.headers.getSetCookie().join())?.[1] ?? '';
    this.headers = { authorization: `Bearer ${token}` };
  }

  async launch(name: string): Promise<{ operation: Shown; machineId: number }> {
    const fields = { compute_resource_id: this.resourceId, cluster: 'Default', template: 'debian-12', vm_name: name };
    const answer = await this.ask('POST', '/api/v2/virtual_machines', {
      body: { virtual_machine: fields },
      headers: { 'idempotency-key': randomUUID() },
    });
    if (answer.status !== 202) throw new Error(`A launch was answered ${answer.status}: ${await answer.text()}`);
    const { operation, virtual_machine: machine } = (await answer.json()) as Begun;
    return { operation, machineId: machine.id };
  }

  /** @param what such as `POST 7/reboot` @returns null where it is refused */
  async act(what: string): Promise<Shown | null> {
    const [method = '', path = ''] = what.split(' ');
    const answer = await this.ask(method, `/api/v2/virtual_machines/${path}`, {
      body: method === 'POST' ? {} : undefined,
      headers: { 'idempotency-key': randomUUID() },
    });
    const body = (await answer.json()) as Begun;
    return answer.status === 202 ? body.operation : null;
  }

  /** Or not, when it is too late. */
  async cancel(id: string): Promise<void> {
    await (await this.ask('POST', `/api/v2/operations/${id}/cancel`, { body: {} })).text();
  }

  async operation(id: string): Promise<Shown> {
    return (await (await this.ask('GET', `/api/v2/operations/${id}`)).json()) as Shown;
  }

  /** The engine's ids of the VMs that the service tells of. */
  async machines(): Promise<string[]> {
    const ids: string[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await this.ask('GET', `/api/v2/virtual_machines?per_page=${PER_PAGE}&page=${page}`);
      const { results } = (await answer.json()) as { results: { vm_id: string; state: string }[] };
      ids.push(...results.filter(({ state }) => state !== 'removed').map(({ vm_id: id }) => id));
      if (results.length < PER_PAGE) return ids;
    }
  }

  private async ask(
    method: string,
    path: string,
    { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const sent = { ...this.headers, 'content-type': 'application/json', ...headers };
    for (const until = Date.now() + TRIES_FOR_MS; ; await pause(100)) {
      try {
        const answer = await fetch(`${this.anyInstance()?.url}${path}`, {
          method,
          headers: sent,
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(30_000),
        });
        if (answer.status < 500) return answer;
      } catch (error) {
        if (Date.now() > until) throw error;
      }
      if (Date.now() > until) throw new Error(`${method} ${path} gets no answer`);
    }
  }
}
