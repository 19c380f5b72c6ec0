import type { AuditAuthor } from '../../src/audit';
import { ComputeResourceService, type AuthSourceSettings } from '../../src/compute-resources';
import { Clock } from '../../src/common/clock';
import { Database } from '../../src/database';
import type { EngineSimulator, WebadminSession } from '../../tools/engine-simulator';
import type { RunningApp } from './app';
import { ACCOUNT } from './engine-simulators';

/** May change any engine. */
export const ADMINISTRATOR: AuditAuthor = {
  actor: { kind: 'user', userId: 1, name: 'admin', admin: true, permissions: new Set() },
  source: { address: '127.0.0.1', requestId: '' },
};

/** Registers a simulated engine as an administrator would. */
export async function registerEngine(
  { app }: RunningApp,
  engine: Pick<EngineSimulator, 'url' | 'ca'>,
  settings: Partial<AuthSourceSettings & { name: string; addresses: string[] }> = {},
): Promise<{ id: number; engineId: number }> {
  const { name = `engine ${engine.url}`, addresses = [], ...authSource } = settings;
  const service = app.get(ComputeResourceService);
  const resource = await service.create(
    ADMINISTRATOR,
    {
      name,
      description: '',
      url: `${engine.url}/ovirt-engine/api`,
      username: ACCOUNT.user,
      password: ACCOUNT.password,
      publicKey: engine.ca,
      datacenter: '',
      addresses,
      insecureTls: false,
    },
    { evenIfFaulty: true },
  );
  if (Object.keys(authSource).length > 0) await service.updateAuthSource(ADMINISTRATOR, resource.id, authSource);
  return resource;
}

export interface LoginFields {
  login: string;
  password: string;
  engine?: string;
}

/** What the UI plugin sends for a webadmin session. */
export const claimOf = ({ secret, userId, userName }: WebadminSession): LoginFields => ({
  login: `ovirt_${userName}`,
  password: `${secret};${userId}`,
});

/** POSTs the login form as the original plugin's script does; `headers` are added. */
export function logIn(
  app: RunningApp,
  fields: LoginFields,
  headers: Record<string, string> = {},
  more: Record<string, string> = {},
): Promise<Response> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.set(`login[${name}]`, String(value));
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  return app.anonymous('/users/login', {
    method: 'POST',
    body: body.toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-requested-with': 'XMLHttpRequest',
      accept: '*/*',
      ...headers,
    },
  });
}

const FORM = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'same-origin' };

/** The same as a browser's form. */
export function submitLogin(
  app: RunningApp,
  fields: LoginFields,
  more: Record<string, string> = {},
): Promise<Response> {
  return logIn(app, fields, FORM, more);
}

/** `name=value` of the session cookie that an answer sets; '' when it sets none. */
export function cookieOf(response: Response): string {
  const cookie = response.headers
    .getSetCookie()
    .find((text) => /^(__(Host|Secure)-)?foreman_ovirt_session=/.test(text));
  return cookie?.split(';')[0] ?? '';
}

export async function statusAndReason(response: Response): Promise<[number, string | undefined]> {
  const body = (await response.json()) as { error?: { reason?: string } };
  return [response.status, body.error?.reason];
}

/** Rows of the service's database. */
export function rows<Row>({ app }: RunningApp, sql: string, params: (string | number)[] = []): Promise<Row[]> {
  return app.get(Database).query<Row>(sql, params);
}

/** Login entries of the audit trail, newest first. */
export function trail(
  app: RunningApp,
  action = 'login',
): Promise<{ actor: string; outcome: string; reason: string }[]> {
  return rows(app, 'SELECT actor, outcome, reason FROM audits WHERE action = ? ORDER BY id DESC', [action]);
}

/** Sets the service's clock ahead; the returned function moves it further. */
export function movableClock({ app }: RunningApp): (ms: number) => void {
  let ahead = 0;
  jest.spyOn(app.get(Clock), 'now').mockImplementation(() => new Date(Date.now() + ahead));
  return (ms) => {
    ahead += ms;
  };
}
