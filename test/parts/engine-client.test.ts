import { matchesClaim, type OwnerClaim } from '../../src/engine';
import { engineData, ENGINE_VERSIONS, type EngineVersion } from '../../tools/engine-simulator';
import {
  ACCOUNT,
  ADMIN_ID,
  EngineBench,
  engineErrorOf,
  JOERG_ID,
  KEYCLOAK_ID,
  MARA_ID,
  READER_ID,
} from '../support/engine-simulators';

const STRICT = { acceptReadableUser: false };
const LENIENT = { acceptReadableUser: true };
const PROOF: Record<EngineVersion, string> = {
  '3.2': 'only_visible_user',
  '3.3': 'readable_user',
  '3.4': 'readable_user',
  '3.6': 'readable_user',
  '4.1': 'readable_user',
  '4.3': 'authenticated_user',
  '4.5': 'authenticated_user',
};
const bench = new EngineBench();
afterEach(() => bench.close());

const claimOf = ({ userId, userName }: { userId: string; userName: string }): OwnerClaim => ({
  userId,
  login: userName,
});
const isGrant = ({ path }: { path: string }) => path.endsWith('/sso/oauth/token');
const withoutProof = ENGINE_VERSIONS.filter((version) => PROOF[version] === 'readable_user');
const withProof = ENGINE_VERSIONS.filter((version) => PROOF[version] !== 'readable_user');

describe.each(ENGINE_VERSIONS)('HttpEngineClient on a %s engine', (version) => {
  it.each([ADMIN_ID, MARA_ID, JOERG_ID, READER_ID, KEYCLOAK_ID])(
    'ownerOf: the session of %s gives that user, who matches the own claim',
    async (userId) => {
      const engine = await bench.start({ version });
      const session = engine.control.signIn(userId);
      const owner = await bench.client(engine).ownerOf(session.secret, claimOf(session), LENIENT);
      expect(owner).toMatchObject({ id: userId, userName: session.userName, proof: PROOF[version] });
      expect(matchesClaim(owner, claimOf(session))).toBe(true);
    },
  );

  it('ownerOf: the session survives many of our calls', async () => {
    const engine = await bench.start({ version });
    const session = engine.control.signIn(MARA_ID);
    const client = bench.client(engine);
    for (let i = 0; i < 3; i += 1) {
      await client.ownerOf(session.secret, claimOf(session), LENIENT);
      await expect(client.confirm(session.secret)).resolves.toMatchObject({ alive: true });
    }
    expect(engine.control.isAlive(session.secret)).toBe(true);
  });

  it.each(['revoked', 'expired', 'unknown', "another engine's"])(
    '%s session: unauthorized, not alive',
    async (kind) => {
      const engine = await bench.start({ version });
      const session = engine.control.signIn(MARA_ID);
      const other = await bench.start({ version });
      const secret = { unknown: 'never-given', "another engine's": other.control.signIn(MARA_ID).secret }[kind];
      if (kind === 'revoked') engine.control.revoke(session.secret);
      if (kind === 'expired') engine.control.expire(session.secret);
      const client = bench.client(engine);
      const asked = secret ?? session.secret;
      expect(await engineErrorOf(client.ownerOf(asked, claimOf(session), LENIENT))).toMatchObject({
        kind: 'unauthorized',
      });
      await expect(client.confirm(asked)).resolves.toMatchObject({ alive: false });
    },
  );

  it('reads product, data centers and VMs as service account, over HTTPS with the registered CA', async () => {
    const engine = await bench.start({ version, https: true });
    const reader = bench.client(engine).withAccount(ACCOUNT);
    const [major, minor] = version.split('.').map(Number);
    await expect(reader.productInfo()).resolves.toMatchObject({
      version: { major, minor },
      instanceId: version === '4.3' || version === '4.5' ? engine.data.instanceId : null,
    });
    await expect(reader.dataCenters()).resolves.toMatchObject([
      { name: 'Default', status: 'up' },
      { name: 'Lager Köln', status: 'maintenance' },
    ]);
    expect((await reader.virtualMachines()).map(({ name, status }) => [name, status])).toEqual([
      ['build-ü', 'powering_up'],
      ['db1.example.com', 'up'],
      ['empty', 'down'],
      ['web1.example.com', 'up'],
    ]);
  });

  it('virtualMachine: vCPUs, memory, display, NICs with addresses and disks', async () => {
    const engine = await bench.start({ version });
    const reader = bench.client(engine).withAccount(ACCOUNT);
    const [web1] = engine.data.vms;
    await expect(reader.virtualMachine(web1?.id.toUpperCase() ?? '')).resolves.toMatchObject({
      id: web1?.id,
      name: 'web1.example.com',
      status: 'up',
      // Threads came with 3.5.
      vcpus: ['3.2', '3.3', '3.4'].includes(version) ? 8 : 16,
      memoryBytes: 4 * 1024 ** 3,
      displays: [{ type: 'vnc', address: '10.34.255.1', port: 5900 }],
      nics: [
        { name: 'nic1', mac: '00:1a:4a:16:01:51', addresses: ['10.34.0.5', 'fe80::21a:4aff:fe16:151'] },
        { name: 'nic2', mac: '00:1a:4a:16:01:52', addresses: [] },
      ],
      disks: [
        { name: 'web1_Disk1', provisionedBytes: 20 * 1024 ** 3 },
        { name: 'web1_Data', provisionedBytes: 1024 ** 4 },
      ],
    });
  });

  it('virtualMachine: one without NICs, disks and display is read; an unknown id gives null', async () => {
    const engine = await bench.start({ version });
    const reader = bench.client(engine).withAccount(ACCOUNT);
    const id = engine.data.vms.find(({ name }) => name === 'empty')?.id ?? '';
    await expect(reader.virtualMachine(id)).resolves.toMatchObject({ nics: [], disks: [], displays: [], fqdn: null });
    await expect(reader.virtualMachine(ADMIN_ID)).resolves.toBeNull();
  });

  it('a service account whose session was ended signs in again by itself', async () => {
    const engine = await bench.start({ version, sessionIdleMs: 1000, now: () => clock });
    let clock = 0;
    const reader = bench.client(engine).withAccount(ACCOUNT);
    await reader.dataCenters();
    clock += 3_600_000;
    await expect(reader.dataCenters()).resolves.toHaveLength(2);
  });

  it('a wrong service account password: unauthorized', async () => {
    const engine = await bench.start({ version });
    const reader = bench.client(engine).withAccount({ ...ACCOUNT, password: 'wrong' });
    expect(await engineErrorOf(reader.productInfo())).toMatchObject({ kind: 'unauthorized' });
  });

  it('virtualMachines: reads on beyond a page, up to the limit', async () => {
    const seeds = Array.from({ length: 230 }, (_, n) => ({ name: `vm-${String(n).padStart(3, '0')}` }));
    const engine = await bench.start({ version, data: engineData(seeds) });
    const reader = bench.client(engine).withAccount(ACCOUNT);
    const names = (await reader.virtualMachines({ limit: 220 })).map(({ name }) => name);
    expect(names).toEqual(seeds.slice(0, 220).map(({ name }) => name));
    await expect(reader.virtualMachines({ limit: 1000 })).resolves.toHaveLength(230);
  });
});

describe('virtualMachines with long cloud-init scripts', () => {
  const SCRIPT = 'a\n'.repeat(32 * 1024);
  const scripted = (count: number) =>
    engineData(
      Array.from({ length: count }, (_, n) => ({ name: `vm-${n}`, initialization: { custom_script: SCRIPT } })),
    );

  it('reads lists whose hundred VMs would be more than is taken', async () => {
    const engine = await bench.start({ version: '4.5', data: scripted(120) });
    const reader = bench.client(engine).withAccount(ACCOUNT);
    await expect(reader.virtualMachines({ limit: 500 })).resolves.toHaveLength(120);
  });

  it('asks for them packed, and bounds what is unpacked, too: says the limit and what was asked', async () => {
    const sizes: number[] = [];
    const engine = await bench.start({
      version: '4.5',
      data: scripted(20),
      mount: (app) =>
        app.use((request, response, next) => {
          response.once(
            'finish',
            () => request.path.endsWith('/vms') && sizes.push(Number(response.get('content-length'))),
          );
          next();
        }),
    });
    const reader = bench.client(engine, { maxAnswerBytes: 1024 * 1024 }).withAccount(ACCOUNT);
    const { kind, message } = await engineErrorOf(reader.virtualMachines());
    expect(kind).toBe('too_large');
    expect(message).toMatch(/\/ovirt-engine\/api\/vms\?max=50&search=.* has more than 1 MiB/);
    expect(sizes).toEqual([expect.any(Number)]);
    expect(sizes[0]).toBeLessThan(64 * 1024);
  });
});

describe('a user who has no role in the engine', () => {
  const withoutRole = () => {
    const data = engineData();
    for (const user of data.users) if (user.id !== ADMIN_ID) user.withoutRole = true;
    return data;
  };
  const told = {
    kind: 'no_rights',
    details: { status: 401, detail: expect.stringContaining('mara@corp-authz') as unknown },
  };

  it.each(['4.1', '4.5'] as const)(
    '%s: no_rights with the engine’s reason; the session does not live',
    async (version) => {
      const engine = await bench.start({ version, data: withoutRole() });
      const session = engine.control.signIn(MARA_ID);
      const client = bench.client(engine);
      expect(await engineErrorOf(client.ownerOf(session.secret, claimOf(session), LENIENT))).toMatchObject(told);
      await expect(client.confirm(session.secret)).resolves.toEqual({ alive: false });
    },
  );

  it('as service account: no_rights, after one login alone', async () => {
    const engine = await bench.start({ version: '4.5', data: withoutRole() });
    const reader = bench.client(engine).withAccount({ user: 'mara@corp', password: 'mara-password' });
    expect(await engineErrorOf(reader.dataCenters())).toMatchObject(told);
    expect(engine.control.requests.filter(isGrant).map(({ status }) => status)).toEqual([400, 200]); // first the question for an SSO
  });
});

describe('behind Keycloak', () => {
  const start = () => bench.start({ version: '4.5', behindKeycloak: true });

  it('a session lives, its owner is told, and Apache’s 401 ends it', async () => {
    const engine = await start();
    const session = engine.control.signIn(KEYCLOAK_ID);
    const client = bench.client(engine);
    await expect(client.ownerOf(session.secret, claimOf(session), STRICT)).resolves.toMatchObject({ id: KEYCLOAK_ID });
    engine.control.revoke(session.secret);
    expect(await engineErrorOf(client.ownerOf(session.secret, claimOf(session), STRICT))).toMatchObject({
      kind: 'unauthorized',
      details: { refusedBy: 'apache' },
    });
    await expect(client.confirm(session.secret)).resolves.toEqual({ alive: false });
  });

  it('the engine’s 401 leaves open whether the session ended or its owner has no role', async () => {
    const engine = await start();
    const session = engine.control.signIn(KEYCLOAK_ID);
    for (const user of engine.data.users) user.withoutRole = true;
    const client = bench.client(engine);
    expect(await engineErrorOf(client.ownerOf(session.secret, claimOf(session), STRICT))).toMatchObject({
      kind: 'ended_or_no_rights',
      details: { refusedBy: 'engine' },
    });
    await expect(client.confirm(session.secret)).resolves.toEqual({ alive: false });
  });
});

describe('a service account whose password is refused', () => {
  const WRONG = { ...ACCOUNT, password: 'wrong' };

  it.each(['4.1', '4.5'] as const)('%s: the refusal may take longer than a whole call', async (version) => {
    const engine = await bench.start({ version, refusalDelayMs: 600 });
    const client = bench.client(engine, { totalTimeoutMs: 300 });
    expect(await engineErrorOf(client.withAccount(WRONG).dataCenters())).toMatchObject({ kind: 'unauthorized' });
    const impatient = bench.client(engine, { signInTimeoutMs: 300 });
    expect(await engineErrorOf(impatient.withAccount(WRONG).dataCenters())).toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('within 0.3 s') as unknown,
    });
  });

  it('holds nobody else up, however many wait', async () => {
    const engine = await bench.start({ version: '4.5', refusalDelayMs: 2_000 });
    const { secret } = engine.control.signIn(MARA_ID);
    const client = bench.client(engine);
    await client.withAccount(ACCOUNT).dataCenters();
    const waiting = Array.from({ length: 30 }, (_, n) =>
      engineErrorOf(client.withAccount({ ...WRONG, password: `wrong-${n}` }).dataCenters()),
    );
    const startedAt = performance.now();
    await client.confirm(secret);
    await client.withAccount(ACCOUNT).dataCenters();
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    await client.close();
    await Promise.all(waiting);
  });

  it('is tried again ever less often, since each try brings the lock nearer', async () => {
    const engine = await bench.start({ version: '4.5' });
    const reader = bench.client(engine).withAccount(WRONG);
    const refused = () => engineErrorOf(reader.dataCenters());
    const first = await refused();
    expect(await refused()).toBe(first);
    const grants = () => engine.control.requests.filter(isGrant).length;
    const tries: number[] = [];
    const hours = [0.25, 0.5, 0.75, 1, 1.75, 2.75, 3.75, 23, 24, 40, 60, 84, 107, 108];
    const startedAt = Date.now();
    for (const hour of hours) {
      const before = grants();
      const later = jest.spyOn(Date, 'now').mockReturnValue(startedAt + hour * 3_600_000 + 10_000);
      expect(await refused()).toMatchObject({ kind: 'unauthorized' });
      later.mockRestore();
      if (grants() > before + 1) tries.push(hour); // one is the question for an SSO
    }
    expect(tries).toEqual([0.25, 0.75, 1.75, 3.75, 23, 40, 60, 84, 108]);
  });
});

describe('ownerOf with a lying claim', () => {
  it.each(withProof)('%s: somebody else’s id or login is not believed', async (version) => {
    const engine = await bench.start({ version });
    const mara = engine.control.signIn(MARA_ID);
    const admin = engine.control.signIn(ADMIN_ID);
    const client = bench.client(engine);
    const lies = [claimOf(admin), { ...claimOf(mara), userId: ADMIN_ID }, { ...claimOf(mara), login: admin.userName }];
    for (const lie of lies) {
      const owner = await client.ownerOf(mara.secret, lie, STRICT);
      expect(owner.id).toBe(MARA_ID);
      expect(matchesClaim(owner, lie)).toBe(false);
    }
  });

  it.each(withoutProof)('%s: without a proof everyone is refused unless the rule accepts less', async (version) => {
    const engine = await bench.start({ version });
    const mara = engine.control.signIn(MARA_ID);
    const client = bench.client(engine);
    expect(await engineErrorOf(client.ownerOf(mara.secret, claimOf(mara), STRICT))).toMatchObject({ kind: 'no_proof' });
    const lie = { userId: ADMIN_ID, login: mara.userName };
    expect(matchesClaim(await client.ownerOf(mara.secret, lie, LENIENT), lie)).toBe(false);
  });

  it.each([0, 2])('3.2: a filtered list of %d users proves nothing', async (length) => {
    const users = [ADMIN_ID, MARA_ID].slice(0, length).map((id) => ({ id, userName: 'x@corp' }));
    const engine = await bench.start({
      version: '3.2',
      mount: (app) => app.get('/api/users', (_request, response) => void response.json({ users })),
    });
    const mara = engine.control.signIn(MARA_ID);
    const call = bench.client(engine).ownerOf(mara.secret, claimOf(mara), LENIENT);
    expect(await engineErrorOf(call)).toMatchObject({ kind: 'no_proof' });
  });

  it('an engine that answers with another user than the one asked for is not believed', async () => {
    const engine = await bench.start({
      version: '4.5',
      mount: (app) =>
        app.get('/ovirt-engine/api/users/:id', (_request, response) => {
          response.json({ id: ADMIN_ID, user_name: 'admin@internal-authz' });
        }),
    });
    const mara = engine.control.signIn(MARA_ID);
    const call = bench.client(engine).ownerOf(mara.secret, claimOf(mara), STRICT);
    expect(await engineErrorOf(call)).toMatchObject({ kind: 'no_proof' });
  });

  it('a renamed user keeps the id and matches only the new login', async () => {
    const engine = await bench.start({ version: '4.5' });
    const before = engine.control.signIn(MARA_ID);
    engine.control.renameUser(MARA_ID, 'mara.svensson');
    const owner = await bench.client(engine).ownerOf(before.secret, claimOf(before), STRICT);
    expect(owner).toMatchObject({ id: MARA_ID, userName: 'mara.svensson@corp-authz' });
    expect(matchesClaim(owner, claimOf(before))).toBe(false);
  });

  it.each(['', '../x', '%2e%2e', `${MARA_ID}/../x`, `${MARA_ID}\n`, `${MARA_ID}?x=1`, '1'])(
    'the id %j is refused before anything is sent',
    async (userId) => {
      const engine = await bench.start({ version: '3.6' });
      const mara = engine.control.signIn(MARA_ID);
      const call = bench.client(engine).ownerOf(mara.secret, { userId, login: mara.userName }, LENIENT);
      expect(await engineErrorOf(call)).toMatchObject({ kind: 'invalid_id' });
      expect(engine.control.requests).toEqual([]);
    },
  );

  it.each(['', 'a b', 'a;b', 'a\r\nX: y', 'a\u0000', 'ä', 'a,b', 'a"b', 'a'.repeat(4097)])(
    'a malformed secret (case %#) is refused before anything is sent',
    async (secret) => {
      const engine = await bench.start({ version: '4.5' });
      const client = bench.client(engine);
      const claim = { userId: MARA_ID, login: 'mara@corp' };
      expect(await engineErrorOf(client.ownerOf(secret, claim, STRICT))).toMatchObject({ kind: 'invalid_secret' });
      expect(await engineErrorOf(client.confirm(secret))).toMatchObject({ kind: 'invalid_secret' });
      expect(engine.control.requests).toEqual([]);
    },
  );
});
