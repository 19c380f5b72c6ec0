import type { EngineSimulator } from '../../tools/engine-simulator';
import { guid } from '../../tools/engine-simulator/seeds';
import { simTemplate } from '../../tools/engine-simulator/templates/data';
import type { RunningApp } from './app';
import { eventually } from './eventually';
import { claimOf, cookieOf, logIn } from './sign-in';

/** As the API shows it. */
export interface ShownOperation {
  id: string;
  state: string;
  waiting_for: string | null;
  cancellable: boolean;
  steps: { name: string; state: string; message: string | null }[];
  error: { code: string; message: string; step: string; engine?: { detail: string } } | null;
  left_behind: { type: string; id: string }[];
  result: { id: string; addresses?: string[] } | null;
}

export interface BegunMachine {
  operation: ShownOperation;
  virtual_machine: { id: number; vm_name: string; state: string };
}

const GIB = 1024 ** 3;
export const TEMPLATE_ID = guid(0xe7, 1);

/** Gives the engine a template with one disk of 10 GiB. */
export function addTemplate({ data }: EngineSimulator): void {
  const cluster = data.clusters[0];
  data.templates.push(
    simTemplate({
      id: TEMPLATE_ID,
      name: 'debian-12',
      clusterId: cluster?.id ?? null,
      nics: [{ id: guid(0xe9, 1), name: 'nic1', mac: '', addresses: [] }],
      disks: [{ id: guid(0xe8, 1), name: 'debian-12', provisionedBytes: 10 * GIB }],
    }),
  );
}

/** The session's token, which serves as a bearer token, too. */
const tokenIn = (answer: Response) => cookieOf(answer).split('=')[1] ?? '';

/** Somebody who is signed in to an engine. */
export class EnginePerson {
  private constructor(
    private readonly app: RunningApp,
    private readonly token: string,
  ) {}

  /** @param login such as `mara@corp`, or `admin@ovirt@internalsso` behind Keycloak */
  static async signIn(app: RunningApp, engine: EngineSimulator, login: string): Promise<EnginePerson> {
    const listed = login.replace(/@internalsso$/, '@internalkeycloak');
    const user = engine.data.users.find((one) => `${one.login}@${one.domain}` === listed);
    const answer = await logIn(app, { login, password: user?.password ?? '', engine: engine.url });
    if (!answer.ok) throw new Error(await answer.text());
    return new EnginePerson(app, tokenIn(answer));
  }

  /** Signs in as the UI plugin does. @param userId one of the engine's users */
  static async fromWebadmin(app: RunningApp, engine: EngineSimulator, userId: string): Promise<EnginePerson> {
    const answer = await logIn(app, claimOf(engine.control.signIn(userId)), { origin: engine.url });
    if (!answer.ok) throw new Error(await answer.text());
    return new EnginePerson(app, tokenIn(answer));
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return this.app.anonymous(path, {
      ...init,
      headers: { authorization: `Bearer ${this.token}`, ...(init.headers as object) },
    });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const type = { 'content-type': 'application/json' };
    return this.fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { ...type, ...headers } });
  }

  delete(path: string): Promise<Response> {
    return this.fetch(path, { method: 'DELETE' });
  }

  async launch(resourceId: number, fields: object = {}, headers: Record<string, string> = {}): Promise<BegunMachine> {
    const answer = await this.post('/api/v2/virtual_machines', { virtual_machine: wish(resourceId, fields) }, headers);
    const body = (await answer.json()) as BegunMachine;
    if (answer.status !== 202) throw new Error(JSON.stringify(body));
    return body;
  }

  async operation(id: string): Promise<ShownOperation> {
    return (await (await this.fetch(`/api/v2/operations/${id}`)).json()) as ShownOperation;
  }

  /** When it is over. */
  async ended({ operation: { id } }: { operation: { id: string } }, withinMs = 20_000): Promise<ShownOperation> {
    return eventually(async () => {
      const shown = await this.operation(id);
      if (!['succeeded', 'failed', 'cancelled'].includes(shown.state)) throw new Error(JSON.stringify(shown));
      return shown;
    }, withinMs);
  }
}

/** A launch that works. */
export const wish = (resourceId: number, fields: object = {}): object => ({
  compute_resource_id: resourceId,
  cluster: 'Default',
  template: 'debian-12',
  vm_name: 'web1',
  ...fields,
});
