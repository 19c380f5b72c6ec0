import type { EngineSimulator, EngineSimulatorOptions, SimUser } from '../../tools/engine-simulator';
import { engineData } from '../../tools/engine-simulator';
import { engineRecording, type EngineRecording } from '../support/engine-recordings';
import { EngineBench } from '../support/engine-simulators';

const bench = new EngineBench();
afterEach(() => bench.close());

/** The people of the recordings. */
function people(): SimUser[] {
  const [template] = engineData().users;
  if (!template) throw new Error('There are no users to make others of');
  const one = (n: number, login: string, domain: string, more: Partial<SimUser> = {}) => ({
    ...template,
    id: `58ad9d2d-013a-00aa-018f-0000000009${n}0`,
    password: 'password',
    login,
    domain,
    ...more,
  });
  return [
    one(1, 'admin', 'internal'),
    one(2, 'alice', 'internal', { admin: false, withoutRole: true }),
    one(3, 'vera', 'internal', { admin: false }),
    one(4, 'admin@ovirt', 'internalkeycloak'),
    one(5, 'vera', 'internalkeycloak', { admin: false, withoutRole: true }),
  ];
}

/** Sends the recorded request; a token is the one of `owner`, a fresh one. */
async function replay(engine: EngineSimulator, { request }: EngineRecording, owner?: string): Promise<Response> {
  const { method, path, body, headers } = request;
  const user = engine.data.users.find(({ login, domain }) => `${login}@${domain}` === owner);
  const token = user ? engine.control.signIn(user.id).secret : undefined;
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  return fetch(`${engine.url}${path}`, { method, body, headers });
}

const answerOf = async (response: Response) => ({
  status: response.status,
  challenge: response.headers.get('www-authenticate') ?? undefined,
  type: response.headers.get('content-type')?.split(';')[0],
  body: await response.text(),
});

function recordedAnswer({ status, headers, body }: EngineRecording) {
  return {
    status,
    challenge: headers['WWW-Authenticate'],
    type: headers['Content-Type']?.split(';')[0],
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

interface Replay {
  name: string;
  /** Whose token is sent, `login@domain`. */
  owner?: string;
}

describe('the simulator refuses as the recorded engine does', () => {
  const startWith = (options: Partial<EngineSimulatorOptions>) =>
    bench.start({ version: '4.5', data: { ...engineData(), users: people() }, ...options });

  it.each([
    { name: '01-sso/api-no-auth' },
    { name: '01-sso/api-bad-bearer' },
    { name: '01-sso/api-basic-wrong' },
    { name: '01-sso/api-basic-no-profile' },
    { name: '01-sso/token-wrong-password' },
    { name: '01-sso/token-unknown-profile' },
    { name: '01-sso/token-no-profile' },
    { name: '01-sso/token-no-grant-type' },
    { name: '01-users/first-use-ordinary', owner: 'alice@internal' },
  ])('$name', async ({ name, owner }: Replay) => {
    const recording = engineRecording(name);
    const answer = await replay(await startWith({}), recording, owner);
    expect(await answerOf(answer)).toEqual(recordedAnswer(recording));
  });

  it.each([
    { name: '10-keycloak/api-no-auth' },
    { name: '10-keycloak/api-basic' },
    { name: '10-keycloak/api-bad-bearer' },
    { name: '10-keycloak/after-revoke' },
    { name: '10-keycloak/ordinary-no-right', owner: 'vera@internalkeycloak' },
    { name: '10-keycloak/token-wrong-password' },
    { name: '10-keycloak/token-half-name' },
    { name: '10-keycloak/token-no-profile' },
    { name: '10-keycloak/token-internal-admin' },
    { name: '10-keycloak/token-no-grant-type' },
  ])('$name', async ({ name, owner }: Replay) => {
    const recording = engineRecording(name);
    const answer = await replay(await startWith({ behindKeycloak: true }), recording, owner);
    expect(await answerOf(answer)).toEqual(recordedAnswer(recording));
  });

  it('an ordinary user’s root has no instance id, and is a page of 500 unfiltered', async () => {
    const engine = await startWith({});
    const root = engineRecording('01-users/ordinary-root');
    const told = (await (await replay(engine, root, 'vera@internal')).json()) as { product_info: object };
    expect(told.product_info).not.toHaveProperty('instance_id');
    expect(root.body).not.toHaveProperty('product_info.instance_id');
    const recording = engineRecording('01-users/ordinary-root-no-filter');
    const { status, type } = await answerOf(await replay(engine, recording, 'vera@internal'));
    expect({ status, type }).toEqual({ status: 500, type: 'text/html' });
  });

  it('a wrong password takes its time, an unknown profile none', async () => {
    const engine = await startWith({ refusalDelayMs: 200 });
    const millis = async (name: string) => {
      const startedAt = performance.now();
      await (await replay(engine, engineRecording(name))).text();
      return performance.now() - startedAt;
    };
    expect(await millis('01-sso/token-wrong-password')).toBeGreaterThan(190);
    expect(await millis('01-sso/api-basic-wrong')).toBeGreaterThan(190);
    expect(await millis('01-sso/token-unknown-profile')).toBeLessThan(190);
  });
});
