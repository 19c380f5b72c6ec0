import { PersonalAccessToken, Session } from '../../src/auth/credential.entities';
import { User } from '../../src/auth/user.entity';
import { ComputeResource, Engine, VirtualMachineSnapshot } from '../../src/compute-resources/compute-resource.entity';
import type { Database, RowOf } from '../../src/database';
import { openDatabase } from '../support/database';

const AT = new Date('2026-05-01T10:00:00.123Z');

describe('rows of raw SQL', () => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await openDatabase());
    const always = { createdAt: AT, updatedAt: AT };
    await database.unitOfWork.run(async ({ manager }) => {
      const { id: userId } = await manager.save(User, { login: 'ann', admin: true, disabled: false, ...always });
      await manager.save(PersonalAccessToken, { userId, name: 'ci', tokenDigest: 'd', createdAt: AT, expiresAt: null });
      await manager.save(Session, { tokenDigest: 'd', userId, createdAt: AT, expiresAt: AT });
      const { id: engineId } = await manager.save(Engine, { origin: 'https://e.example', createdAt: AT });
      const engine = { name: 'dc', url: 'https://e.example/api', username: 'a', sealedPassword: 's', ...always };
      const { id } = await manager.save(ComputeResource, { ...engine, engineId, addresses: ['https://x.example'] });
      const vm = { vmId: 'v', memoryBytes: 2 ** 40, snapshot: '{}', seenAt: AT };
      await manager.save(VirtualMachineSnapshot, { ...vm, computeResourceId: id });
    });
  });
  afterAll(() => close());

  it('hold instants and large numbers as numbers, JSON as text, NULL as null', async () => {
    const [token] = await database.query<RowOf<PersonalAccessToken>>('SELECT * FROM personal_access_tokens');
    expect(token).toMatchObject({ created_at: AT.getTime(), expires_at: null, last_used_at: null });
    const [resource] = await database.query<RowOf<ComputeResource>>('SELECT * FROM compute_resources');
    expect(resource).toMatchObject({ addresses: '["https://x.example"]', attributes: '{}', public_key: null });
    const [vm] = await database.query<RowOf<VirtualMachineSnapshot>>('SELECT * FROM virtual_machines');
    expect(vm).toMatchObject({ memory_bytes: 2 ** 40, seen_at: AT.getTime(), vcpus: null });
  });

  it('hold booleans as the database has them', async () => {
    const [user] = await database.query<RowOf<User>>('SELECT * FROM users');
    const [yes, no] = database.dialect === 'sqlite' ? [1, 0] : [true, false];
    expect(user).toMatchObject({ admin: yes, disabled: no });
  });
});
