import type { EngineSimulator } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { register } from '../support/compute-resources';
import { EngineBench } from '../support/engine-simulators';

const ROUNDS = 12;

/** Requests that meet the deletion of what they are about: each is served, or told what is gone. */
describe('a deletion at the same time', () => {
  let app: RunningApp;
  let engine: EngineSimulator;
  const bench = new EngineBench();
  beforeAll(async () => {
    app = await startApp();
    engine = await bench.start({ version: '4.5', https: true });
  });
  afterAll(async () => {
    await app.close();
    await bench.close();
  });

  const put = (path: string, body: unknown) => send('PUT', path, body);
  const remove = (path: string) => send('DELETE', path);
  const send = async (method: string, path: string, body: unknown = {}): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.fetch(path, { method, headers, body: JSON.stringify(body) });
    await answer.arrayBuffer();
    return answer.status;
  };
  const idOf = async (path: string, body: unknown): Promise<number> => {
    const answer = await app.post(path, body);
    const { id } = (await answer.json()) as { id: number };
    return id;
  };

  /** Does all of it in many orders; the statuses that are neither success nor a fault of the caller's. */
  async function unforeseen(make: (round: number) => Promise<(() => Promise<number>)[]>): Promise<number[]> {
    const statuses: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const calls = await make(round);
      const from = round % calls.length;
      const turned = [...calls.slice(from), ...calls.slice(0, from)];
      statuses.push(...(await Promise.all(turned.map((call) => call()))));
    }
    return statuses.filter((status) => ![200, 201, 204, 404, 409, 422].includes(status));
  }

  it('of a user: tokens, roles and changes', async () => {
    const role = await idOf('/api/v2/roles', { role: { name: 'watchers', permissions: ['view_hosts'] } });
    const user = (round: number) => ({ login: `p${round}`, password: 'correct-horse-battery', mail: 'a@example.com' });
    expect(
      await unforeseen(async (round) => {
        const path = `/api/v2/users/${await idOf('/api/v2/users', { user: user(round) })}`;
        const tokens = `${path}/personal_access_tokens`;
        const token = await idOf(tokens, { personal_access_token: { name: 'a' } });
        return [
          () => send('POST', tokens, { personal_access_token: { name: 'b' } }),
          () => remove(path),
          () => put(path, { user: { role_ids: [role] } }),
          () => remove(`${tokens}/${token}`),
          () => send('POST', tokens, { personal_access_token: { name: 'c' } }),
        ];
      }),
    ).toEqual([]);
  });

  it('of a role: those who get it', async () => {
    const user = { login: 'keeper', password: 'correct-horse-battery' };
    const path = `/api/v2/users/${await idOf('/api/v2/users', { user })}`;
    expect(
      await unforeseen(async (round) => {
        const role = await idOf('/api/v2/roles', { role: { name: `r${round}`, permissions: ['view_hosts'] } });
        return [
          () => put(path, { user: { role_ids: [role] } }),
          () => remove(`/api/v2/roles/${role}`),
          () => put(`/api/v2/roles/${role}`, { role: { description: 'other' } }),
          () => put(path, { user: { role_ids: [role] } }),
        ];
      }),
    ).toEqual([]);
  });

  it('of a host: uploads and changes', async () => {
    expect(
      await unforeseen(async (round) => {
        const name = `web${round}`;
        const facts = { name, facts: { a: '1', foreman_hostgroup: `g${round}` } };
        const id = await idOf('/api/v2/hosts/facts', facts);
        const report = { host: name, reported_at: new Date(round).toISOString(), status: {} };
        return [
          () => put(`/api/v2/hosts/${id}`, { comment: 'x', hostgroup: `other${round}` }),
          () => send('POST', '/api/v2/hosts/facts', { ...facts, facts: { b: '2' } }),
          () => remove(`/api/v2/hosts/${id}`),
          () => send('POST', '/api/v2/config_reports', { config_report: report }),
          () => send('POST', '/api/v2/hosts/facts', facts),
          () => remove(`/api/v2/hosts/${id}`),
        ];
      }),
    ).toEqual([]);
  });

  it('of a compute resource: its auth source, and hosts that are to be its', async () => {
    const vm = engine.data.vms[0]?.id ?? '';
    await app.post('/api/v2/hosts/facts', { name: 'vm1', facts: { uuid: vm } });
    expect(
      await unforeseen(async (round) => {
        const { id } = await register(app, engine, { name: `engine${round}` });
        const source = `/auth_source_ovirts/${id}?format=json`;
        const path = `/api/v2/compute_resources/${id}`;
        return [
          () => put(source, { auth_source_ovirt: { enabled: round % 2 === 0, login_prefix: `p${round}_` } }),
          () => put(`${path}/associate`, {}),
          () => remove(path),
          () => put(path, { compute_resource: { description: 'other' } }),
          () => put(source, { auth_source_ovirt: { enabled: false } }),
          () => put(`${path}/associate/${vm}`, {}),
        ];
      }),
    ).toEqual([]);
  });
});
