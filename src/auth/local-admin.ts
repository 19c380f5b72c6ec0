import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../common/clock';
import { UnitOfWork } from '../database';
import { hashPassword } from './password';
import { User } from './user.entity';
import { UserStore } from './user.store';

export const ADMIN_LOGIN = 'admin';
export const INITIAL_ADMIN_PASSWORD = Symbol('INITIAL_ADMIN_PASSWORD');
/** Asked only while the administrator has no password. */
export type InitialAdminPassword = () => { value: string; madeFile?: string };

/** At start: the built-in roles, and the local administrator with a password. */
@Injectable()
export class LocalAdmin implements OnModuleInit {
  private readonly logger = new Logger(LocalAdmin.name);

  constructor(
    private readonly users: UserStore,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    @Inject(INITIAL_ADMIN_PASSWORD) private readonly initialPassword: InitialAdminPassword,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.work.run((tx) => this.users.ensureBuiltinRoles(tx));
    if ((await this.users.localByLogin(ADMIN_LOGIN)) !== null) return;
    const { value, madeFile } = this.initialPassword();
    await setAdminPassword(this.work, this.clock, value);
    if (madeFile !== undefined) this.logger.log(`the password of "${ADMIN_LOGIN}" is in ${madeFile}`);
  }
}

/** Makes `admin` an administrator with this password, whatever was before, and ends its sessions. */
export async function setAdminPassword(work: UnitOfWork, clock: Clock, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  const now = clock.now();
  await work.run(async (tx) => {
    const known = await tx.manager.findBy(User, { login: ADMIN_LOGIN });
    const before = known.find(({ engineId }) => engineId === null); // an engine may have an `admin`, too
    const { id } = await tx.manager.save(User, {
      createdAt: now,
      ...before,
      login: ADMIN_LOGIN,
      admin: true,
      disabled: false,
      passwordHash,
      updatedAt: now,
    });
    await tx.execute('DELETE FROM sessions WHERE user_id = ?', [id]);
  });
}
