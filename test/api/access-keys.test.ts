import type { Request } from 'express';
import { Authenticator, AccessKeys, EngineIdentities } from '../../src/auth';
import { ComputeResourceService } from '../../src/compute-resources';
import { EngineError } from '../../src/engine';
import { engineData, type EngineSimulator } from '../../tools/engine-simulator';
import { SECRET_KEY, basic, startApp, type RunningApp } from '../support/app';
import { register } from '../support/compute-resources';
import { EngineBench, MARA_ID } from '../support/engine-simulators';
import { ADMINISTRATOR, claimOf, cookieOf, logIn, movableClock, rows, statusAndReason } from '../support/sign-in';

jest.setTimeout(60_000); // each test starts a service and an engine

const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;
let resourceId: number;

beforeEach(async () => {
  app = await startApp();
  engine = await bench.start({ version: '4.5' });
  resourceId = (await register(app, engine, { name: 'dc1' })).id;
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
  await bench.close();
});

interface Made {
  access_key: Record<string, unknown> & { id: number; access_key_id: string; user: { id: number; login: string } };
  secret_access_key: string;
  session_token?: string;
}

const PASSWORD = 'mara-password';
const MARA = { engine_user: 'mara@corp', engine_password: PASSWORD };
const wish = (more: Record<string, unknown> = {}) => ({
  name: 'ci',
  compute_resource_id: resourceId,
  ...MARA,
  ...more,
});
const post = (fields: Record<string, unknown>) => app.post('/api/v2/access_keys', { access_key: fields });
const put = (id: number, fields: Record<string, unknown>) =>
  app.fetch(`/api/v2/access_keys/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ access_key: fields }),
  });

async function make(more: Record<string, unknown> = {}): Promise<Made> {
  const response = await post(wish(more));
  const body = (await response.json()) as Made;
  if (response.status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

/** Headers that a program sends with a key. */
const headersOf = ({ access_key: { access_key_id: id }, secret_access_key: secret, session_token: token }: Made) => ({
  authorization: basic(id, secret),
  ...(token !== undefined && { 'x-amz-security-token': token }),
});
const as = (key: Made, path = '/api/v2/access_keys', init: RequestInit = {}) =>
  app.anonymous(path, { ...init, headers: { ...headersOf(key), ...(init.headers as Record<string, string>) } });

async function actorOf(key: Made) {
  const request = { headers: headersOf(key), query: {}, method: 'GET' } as unknown as Request;
  const caller = await app.app.get(Authenticator).identify(request, ['access_key'], []);
  if (caller === null) throw new Error('nobody');
  return caller.actor;
}

const identities = () => app.app.get(EngineIdentities);
const refusal = (reason: string) => ({ code: 'forbidden', details: { reason } });
const WRITE = { write: true };

/** A session of Mara's at the engine, and one here that stands on it; what she asks as a script does. */
async function session() {
  const webadmin = engine.control.signIn(MARA_ID);
  const cookie = cookieOf(await logIn(app, claimOf(webadmin)));
  const bearer = { authorization: `Bearer ${cookie.split('=')[1]}` };
  const ask = async (fields: Record<string, unknown>) =>
    app.anonymous('/api/v2/access_keys', {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: JSON.stringify({ access_key: { name: 'shell', compute_resource_id: resourceId, ...fields } }),
    });
  return { webadmin, cookie, ask };
}

describe('a long-lived key', () => {
  it('is that of the engine user whose password was given, whoever made it', async () => {
    const key = await make();
    expect(key.access_key).toMatchObject({
      name: 'ci',
      kind: 'long_lived',
      read_only: false,
      data_center: null,
      expires_at: null,
      last_used_at: null,
      revoked: false,
      user: { login: 'mara@corp' },
      compute_resource: { id: resourceId, name: 'dc1' },
    });
    expect(key.access_key.access_key_id).toMatch(/^FO[A-Z2-7]{18}$/);
    expect(key.secret_access_key).toMatch(/^[\w-]{40}$/);
    const listed = (await (await as(key)).json()) as { results: { name: string }[] };
    expect(listed.results).toMatchObject([{ name: 'ci' }]);
    const { as: identity } = await identities().of(await actorOf(key), resourceId, WRITE);
    expect([identity.kind, identity.credential]).toEqual([
      'access_key',
      { account: { user: 'mara@corp', password: PASSWORD } },
    ]);
    const [used] = await rows<{ last_used_at: number }>(app, 'SELECT last_used_at FROM access_keys');
    expect(Number(used?.last_used_at)).toBeGreaterThan(0);
  });

  it('opens no page', async () => {
    const key = await make();
    for (const accept of ['text/html', 'application/json'])
      expect((await as(key, '/hosts', { headers: { accept } })).status).not.toBe(200);
    expect((await as(key, '/api/v2/hosts')).status).toBe(200);
  });

  it('leaves no session at the engine behind, nor its secrets anywhere in clear', async () => {
    const key = await make();
    expect(engine.control.requests.at(-1)?.path).toBe('/ovirt-engine/services/sso-logout');
    const kept = JSON.stringify([
      await rows(app, 'SELECT * FROM access_keys'),
      await rows(app, 'SELECT * FROM audits'),
    ]);
    for (const secret of [PASSWORD, key.secret_access_key]) expect(kept).not.toContain(secret);
    const shown = await (await app.fetch(`/api/v2/access_keys/${key.access_key.id}`)).text();
    for (const secret of [PASSWORD, key.secret_access_key]) expect(shown).not.toContain(secret);
    expect(await rows(app, "SELECT action FROM audits WHERE action LIKE 'access_key%'")).toEqual([
      { action: 'access_key.create' },
    ]);
  });

  it('is not made with a wrong password, which counts as any', async () => {
    for (const i of [1, 2, 3, 4]) {
      const refused = await post(wish({ engine_password: `wrong-${i}` }));
      expect(await statusAndReason(refused)).toEqual([422, 'engine_password']);
    }
    const before = engine.control.requests.length;
    expect((await post(wish())).status).toBe(429);
    expect(engine.control.requests).toHaveLength(before);
    expect(await rows(app, 'SELECT id FROM access_keys')).toEqual([]);
  });

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['no user', { engine_user: '' }, 'engine_user'],
    ['no password', { engine_password: '' }, 'engine_password'],
    ['an end in the past', { expires_at: '2001-01-01' }, 'expires_at'],
    ['an unknown data center', { data_center: 'Nowhere' }, 'data_center'],
    ['a quota of nothing', { quota: { instances: 0 } }, 'quota'],
  ])('with %s is 422, naming the field', async (_, more, field) => {
    const response = await post(wish(more));
    const { error } = (await response.json()) as { error: { errors: Record<string, unknown> } };
    expect([response.status, Object.keys(error.errors)[0]]).toEqual([422, expect.stringContaining(field)]);
  });

  it('gets another password, of the same user, when the engine takes the present one no more', async () => {
    const key = await make();
    const ref = await identities().refOf(await actorOf(key), resourceId, WRITE);
    const refused = Promise.reject(new EngineError('unauthorized', 'The engine does not take the password'));
    await expect(identities().heardAs(ref, refused)).rejects.toThrow('does not take');
    expect(await identities().resolve(ref)).toBeNull();
    const heard = new Promise<number | null>((resolve) => identities().onSignIn(resolve));
    expect(await statusAndReason(await put(key.access_key.id, { engine_password: 'wrong' }))).toEqual([
      422,
      'engine_password',
    ]);
    Object.assign(engine.data.users.find(({ id }) => id === MARA_ID) ?? {}, { password: 'new-password' });
    const changed = await put(key.access_key.id, { engine_password: 'new-password' });
    expect(await changed.json()).toMatchObject({ password_refused: false });
    expect(await heard).toBe(key.access_key.user.id);
    expect((await identities().resolve(ref))?.credential).toMatchObject({ account: { password: 'new-password' } });
  });

  it('shows its password to no other address', async () => {
    const key = await make();
    const actor = await actorOf(key);
    const elsewhere = await bench.start({ version: '4.5' });
    await app.app
      .get(ComputeResourceService)
      .update(ADMINISTRATOR, resourceId, { url: elsewhere.url, password: 'admin-password' }, { evenIfFaulty: false });
    await expect(identities().of(actor, resourceId, WRITE)).rejects.toMatchObject(refusal('engine_identity_required'));
  });

  it('lives on under a new secret key', async () => {
    const key = await make();
    const next = { SECRET_KEY: 'another-key-another-key-another-key', SECRET_KEY_PREVIOUS: SECRET_KEY };
    const second = await startApp(next, () => app.databaseUrl);
    const third = await startApp({ SECRET_KEY: next.SECRET_KEY }, () => app.databaseUrl);
    const kept = await third.app.get(AccessKeys).find(key.access_key.access_key_id);
    const secrets = kept && [third.app.get(AccessKeys).secretOf(kept), third.app.get(AccessKeys).passwordOf(kept)];
    await second.app.close();
    await third.app.close();
    expect(secrets).toEqual([key.secret_access_key, PASSWORD]);
  });
});

describe('a key is refused before the engine is asked', () => {
  /** Neither the request nor what it would do. */
  async function expectNothingAsked(work: () => Promise<void>) {
    const before = engine.control.requests.length;
    await work();
    expect(engine.control.requests).toHaveLength(before);
  }

  it.each([
    ['revoked', async (id: number) => void (await put(id, { revoked: true }))],
    ['deleted', async (id: number) => void (await app.fetch(`/api/v2/access_keys/${id}`, { method: 'DELETE' }))],
    [
      'of somebody who is disabled',
      async (_: number, user: number) =>
        void (await app.fetch(`/api/v2/users/${user}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ user: { disabled: true } }),
        })),
    ],
    [
      'of an engine that is switched off',
      async () =>
        void (await app.app
          .get(ComputeResourceService)
          .updateAuthSource(ADMINISTRATOR, resourceId, { enabled: false })),
    ],
    [
      'of a compute resource that is gone',
      async () => void (await app.app.get(ComputeResourceService).remove(ADMINISTRATOR, resourceId)),
    ],
  ])('that is %s, at once', async (_, end) => {
    const key = await make();
    const actor = await actorOf(key);
    const ref = await identities().refOf(actor, resourceId, WRITE);
    expect((await as(key)).status).toBe(200);
    await end(key.access_key.id, key.access_key.user.id);
    await expectNothingAsked(async () => {
      expect((await as(key)).status).toBe(401);
      await expect(identities().refOf(actor, resourceId, WRITE)).rejects.toThrow();
      await expect(identities().resolve(ref)).rejects.toThrow();
    });
  });

  it('that is expired, and stays so when the clock steps back', async () => {
    const passTime = movableClock(app);
    const key = await make({ expires_at: new Date(Date.now() + 60_000).toISOString() });
    expect((await as(key)).status).toBe(200);
    passTime(61_000);
    expect((await as(key)).status).toBe(401);
    passTime(-61_000);
    expect((await as(key)).status).toBe(401);
  });

  it('that is expired, which no change revives, though nobody used it', async () => {
    const passTime = movableClock(app);
    const key = await make({ expires_at: new Date(Date.now() + 60_000).toISOString() });
    passTime(61_000);
    expect((await put(key.access_key.id, { expires_at: null })).status).toBe(422);
    const shown = await app.fetch(`/api/v2/access_keys/${key.access_key.id}`);
    expect(await shown.json()).toMatchObject({ revoked: true });
    expect((await as(key)).status).toBe(401);
    expect((await put(key.access_key.id, { revoked: true })).status).toBe(200);
  });

  it('that only reads', async () => {
    const key = await make({ read_only: true });
    const actor = await actorOf(key);
    await expectNothingAsked(async () => {
      for (const [method, path] of [
        ['POST', 'roles'],
        ['PUT', 'hosts/1'],
        ['DELETE', 'hosts/1'],
      ] as const)
        expect(await statusAndReason(await as(key, `/api/v2/${path}`, { method }))).toEqual([403, 'key_read_only']);
      await expect(identities().of(actor, resourceId, WRITE)).rejects.toMatchObject(refusal('key_read_only'));
    });
    expect((await identities().of(actor, resourceId, { write: false })).as.kind).toBe('access_key');
  });

  it('that is for another data center or compute resource', async () => {
    const [first, second] = engine.data.dataCenters;
    const key = await make({ data_center: first?.name });
    expect(key.access_key.data_center).toEqual({ id: first?.id, name: first?.name });
    const data = { ...engineData(), instanceId: '11111111-2222-4333-8444-555555555555' };
    const other = await register(app, await bench.start({ version: '4.5', data }), { name: 'dc2' });
    const actor = await actorOf(key);
    await expectNothingAsked(async () => {
      const elsewhere = { write: true, dataCenterId: second?.id };
      await expect(identities().of(actor, resourceId, elsewhere)).rejects.toMatchObject(refusal('key_scope'));
      await expect(identities().of(actor, other.id, WRITE)).rejects.toMatchObject(refusal('key_scope'));
    });
    expect((await identities().of(actor, resourceId, { write: true, dataCenterId: first?.id })).as.kind).toBe(
      'access_key',
    );
  });

  it('whose secret is wrong', async () => {
    const key = await make();
    await expectNothingAsked(async () => {
      expect((await as({ ...key, secret_access_key: 'x'.repeat(40) })).status).toBe(401);
      const shown = await (await app.fetch(`/api/v2/access_keys/${key.access_key.id}`)).json();
      expect(shown).toMatchObject({ last_used_at: null }); // a guess is no use
      const stranger = { ...key, access_key: { ...key.access_key, access_key_id: `FO${'A'.repeat(18)}` } };
      expect((await as(stranger)).status).toBe(401);
    });
  });
});

describe('a temporary key', () => {
  it('stands on the live session of who made it, and ends with it', async () => {
    const { webadmin, cookie, ask } = await session();
    const key = (await (await ask({ kind: 'temporary' })).json()) as Made;
    expect(key.access_key).toMatchObject({ kind: 'temporary', engine_user: null, user: { login: 'mara@corp' } });
    expect((await as(key)).status).toBe(200);
    expect((await as({ ...key, session_token: undefined })).status).toBe(401);
    expect((await as({ ...key, session_token: 'x'.repeat(43) })).status).toBe(401);
    const { as: identity } = await identities().of(await actorOf(key), resourceId, WRITE);
    expect([identity.kind, identity.credential]).toEqual(['session', { session: webadmin.secret }]);
    await app.anonymous('/users/logout', { headers: { cookie } });
    expect((await as(key)).status).toBe(401);
  });

  it('ends when the engine ends the session', async () => {
    const passTime = movableClock(app);
    const { webadmin, ask } = await session();
    const key = (await (await ask({ kind: 'temporary' })).json()) as Made;
    engine.control.revoke(webadmin.secret);
    passTime(60_000);
    expect((await as(key)).status).toBe(401);
  });

  it('that only reads is refused before the engine is asked whether its session lives', async () => {
    const passTime = movableClock(app);
    const { ask } = await session();
    const key = (await (await ask({ kind: 'temporary', read_only: true })).json()) as Made;
    passTime(60_000);
    const before = engine.control.requests.length;
    expect(await statusAndReason(await as(key, '/api/v2/roles', { method: 'POST' }))).toEqual([403, 'key_read_only']);
    expect(engine.control.requests).toHaveLength(before);
  });

  it('is not made without one', async () => {
    expect(await statusAndReason(await post(wish({ kind: 'temporary' })))).toEqual([403, 'engine_identity_required']);
  });

  it.each([['long_lived'], ['temporary']])('%s ones are not made by keys', async (kind) => {
    const key = await make();
    const made = await as(key, '/api/v2/access_keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ access_key: wish({ kind }) }),
    });
    expect(made.status).toBe(403);
  });

  it('there are fifty at most', async () => {
    const { ask } = await session();
    for (let i = 0; i < 50; i += 1) expect((await ask({ kind: 'temporary' })).status).toBe(201);
    expect((await ask({ kind: 'temporary' })).status).toBe(422);
  });
});

describe('the list of keys', () => {
  it('is that of their owner, and everybody’s for who manages them', async () => {
    const key = await make();
    await make({ name: 'of admin', engine_user: 'admin@internal', engine_password: 'admin-password' });
    const names = async (response: Response) =>
      ((await response.json()) as { results: { name: string }[] }).results.map(({ name }) => name);
    expect(await names(await as(key))).toEqual(['ci']);
    expect(await names(await app.fetch('/api/v2/access_keys'))).toEqual(['of admin', 'ci']);
    expect(await names(await app.fetch('/api/v2/access_keys?search=user%3Dmara@corp'))).toEqual(['ci']);
    expect((await as(key, '/api/v2/access_keys/of%20admin')).status).toBe(404);
  });

  it('finds a key by a name that is unique, and says which may be meant where it is not', async () => {
    const [first, second] = [await make(), await make()];
    const response = await app.fetch('/api/v2/access_keys/ci');
    const body = (await response.clone().json()) as { error: { message: string } };
    expect(await statusAndReason(response)).toEqual([422, 'ambiguous']);
    for (const { access_key: key } of [first, second]) expect(body.error.message).toContain(key.access_key_id);
    await put(second.access_key.id, { name: 'other', quota: { instances: 3 }, read_only: true });
    expect(await (await app.fetch('/api/v2/access_keys/other')).json()).toMatchObject({
      quota: { instances: 3, vcpus: null, memory_mib: null },
      read_only: true,
    });
    expect((await app.fetch('/api/v2/access_keys/ci')).status).toBe(200);
  });
});

describe('the page of keys', () => {
  async function page(cookie: string, path = '/access_keys', fields?: Record<string, string>) {
    const html = { accept: 'text/html', cookie };
    const form = await (await app.anonymous('/access_keys', { headers: html })).text();
    if (fields === undefined) return app.anonymous(path, { headers: html });
    const token = /name="authenticity_token" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const body = new URLSearchParams({ authenticity_token: token });
    for (const [name, value] of Object.entries(fields)) body.set(`access_key[${name}]`, value);
    const headers = { ...html, 'content-type': 'application/x-www-form-urlencoded' };
    return app.anonymous(path, { method: 'POST', headers, body: body.toString() });
  }

  it('shows the secret of a new key once, and lets it be changed and revoked', async () => {
    const { cookie } = await session();
    const fields = {
      name: 'nightly',
      compute_resource_id: String(resourceId),
      read_only: '0',
      expires_at: '',
      ...MARA,
    };
    const made = await page(cookie, '/access_keys', { ...fields, kind: 'long_lived' });
    const shown = await made.text();
    const [, secret = ''] = /<dt>Secret key<\/dt><dd><code class="secret">([^<]+)</.exec(shown) ?? [];
    expect([made.status, secret]).toEqual([201, expect.stringMatching(/^[\w-]{40}$/)]);
    expect(await (await page(cookie)).text()).not.toContain(secret);
    const [{ id } = { id: 0 }] = await rows<{ id: number }>(app, 'SELECT id FROM access_keys');
    const changed = await page(cookie, `/access_keys/${id}`, { name: 'weekly', read_only: '1', engine_password: '' });
    expect([changed.status, changed.headers.get('location')]).toEqual([303, '/foreman/access_keys']);
    expect((await page(cookie, `/access_keys/${id}/revoke`, {})).status).toBe(303);
    const kept = await rows(app, 'SELECT name, read_only, revoked FROM access_keys');
    expect(kept).toMatchObject([{ name: 'weekly' }]);
    expect(await (await page(cookie)).text()).toContain('revoked');
  });

  it('comes again with what was typed, but for the password, when that is wrong', async () => {
    const { cookie } = await session();
    const fields = { name: 'nightly', compute_resource_id: String(resourceId), engine_user: 'mara@corp' };
    const again = await page(cookie, '/access_keys', { ...fields, engine_password: 'wrong-password' });
    const text = await again.text();
    expect([again.status, text]).toEqual([422, expect.stringContaining('is not taken by the engine with this user')]);
    expect(text).toContain('value="nightly"');
    expect(text).not.toContain('wrong-password');
  });
});
