import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AppError, invalid } from '../common/app-error';
import { passwordFault } from '../common/password-rule';
import { UnitOfWork, storable, type Transaction } from '../database';
import { AccountStore, type AccountFields } from './account.store';
import { AuditTrail, changesOf } from '../audit';
import { type Author, mayManage, hashPassword } from '../auth';
import { UserDirectory, fullNameOf, type UserDetails } from './user-directory.read-model';
import { UserRules } from './user-rules';

/** What is said of a user; absent = as it was. */
export interface UserInput extends Partial<AccountFields> {
  /** For local users; '' = as it was. */
  password?: string;
}

/**
 * Makes, changes and removes users, each with its entry in the audit trail. Nobody can give more than they have, nor
 * take over who has more.
 */
@Injectable()
export class UserAdministration {
  constructor(
    private readonly directory: UserDirectory,
    private readonly rules: UserRules,
    private readonly accounts: AccountStore,
    private readonly trail: AuditTrail,
    private readonly work: UnitOfWork,
  ) {}

  /** Makes a local user. @throws AppError invalid, forbidden */
  async create(by: Author, { password = '', ...input }: UserInput): Promise<UserDetails> {
    const fields = withInput(NOBODY, input);
    const check = await this.rules.of(by.actor);
    const hash = await hashed(password);
    return this.work.run(async (tx) => {
      await check(tx, fields, { ...NOBODY, id: 0 }, hash);
      const user = await this.directory.get(await this.accounts.create(tx, fields, hash()), tx);
      await this.trail.change(by, 'user.create', fullNameOf(user), roleNames(user), tx);
      return user;
    });
  }

  /**
   * Users of an engine keep the names that it gives them.
   * @throws AppError not_found, invalid, forbidden, conflict
   */
  async update(by: Author, key: string | number, { password = '', ...input }: UserInput): Promise<UserDetails> {
    const check = await this.rules.of(by.actor);
    const hash = password === '' ? undefined : await hashed(password);
    return this.work.run(async (tx) => {
      const before = await this.manageable(tx, by, key);
      const known = fieldsOf(before);
      const local = before.engineId === null;
      const fields = withInput(known, local ? input : { ...input, ...NO_NAMES });
      await check(tx, fields, { ...known, id: before.id }, hash && (local ? hash : refusePassword));
      if (!fields.admin || fields.disabled) await this.keepAnAdmin(tx, before);
      await this.accounts.update(tx, before.id, differenceOf(known, fields));
      if (hash !== undefined) await this.accounts.setPassword(tx, before.id, hash(), sessionOf(by, before.id));
      const user = await this.directory.get(before.id, tx);
      const changes = [changesOf(shown(before), shown(user), SHOWN), hash === undefined ? '' : 'password'];
      const what = changes.filter(Boolean).join('; ');
      await this.trail.change(by, 'user.update', fullNameOf(user), what, tx);
      return user;
    });
  }

  /** The own one; ends the actor's other sessions. @throws AppError invalid */
  async changePassword(by: Author, userId: number, password: string): Promise<void> {
    const hash = (await hashed(password))();
    await this.work.run(async (tx) => {
      await this.accounts.setPassword(tx, userId, hash, sessionOf(by, userId));
      await this.trail.change(by, 'user.password', by.actor.name, '', tx);
    });
  }

  /** @throws AppError not_found, forbidden, conflict */
  remove(by: Author, key: string | number): Promise<UserDetails> {
    return this.work.run(async (tx) => {
      const user = await this.manageable(tx, by, key);
      if (user.id === by.actor.userId)
        throw new AppError('conflict', 'You cannot delete the account you are signed in with');
      await this.keepAnAdmin(tx, user);
      await this.accounts.remove(tx, user.id);
      await this.trail.change(by, 'user.delete', fullNameOf(user), '', tx);
      return user;
    });
  }

  private async manageable(tx: Transaction, { actor }: Author, key: string | number): Promise<UserDetails> {
    const user = await this.directory.get(key, tx);
    if (mayManage(actor, user)) return user;
    throw new AppError(
      'forbidden',
      `${user.login} has rights that you do not have: an administrator may change that account`,
    );
  }

  private async keepAnAdmin(tx: Transaction, { id, login, admin, disabled }: UserDetails): Promise<void> {
    if (!admin || disabled || (await this.accounts.otherAdmins(tx, id)) > 0) return;
    throw new AppError(
      'conflict',
      `${login} is the last administrator who can sign in with a password: make another one first`,
    );
  }
}

const NOBODY: AccountFields = {
  login: '',
  firstname: null,
  lastname: null,
  mail: null,
  admin: false,
  disabled: false,
  roleIds: [],
};

function fieldsOf({ roles, ...user }: UserDetails): AccountFields {
  const { login, firstname, lastname, mail, admin, disabled } = user;
  return { login, firstname, lastname, mail, admin, disabled, roleIds: roles.map(({ id }) => id) };
}

function refusePassword(): never {
  throw invalid('password', 'is kept by the engine');
}

const NO_NAMES = { login: undefined, firstname: undefined, lastname: undefined, mail: undefined };

function differenceOf(before: AccountFields, after: AccountFields): Partial<AccountFields> {
  const isChanged = (field: string) =>
    !isDeepStrictEqual(before[field as keyof AccountFields], after[field as keyof AccountFields]);
  return Object.fromEntries(Object.entries(after).filter(([field]) => isChanged(field)));
}

function withInput(before: AccountFields, input: Partial<AccountFields>): AccountFields {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const after: AccountFields = { ...before, ...given };
  const text = (value: string | null) => (value === null || value.trim() === '' ? null : storable(value.trim()));
  return {
    ...after,
    login: storable(after.login.trim().toLowerCase()),
    firstname: text(after.firstname),
    lastname: text(after.lastname),
    mail: text(after.mail),
  };
}

/**
 * Hashes before the transaction, which must wait for nothing; a fault is told within it, beside the user's others.
 * @returns gives the hash, or throws AppError invalid
 */
async function hashed(password: string): Promise<() => string> {
  const fault = passwordFault(password);
  const hash = fault === null ? await hashPassword(password) : '';
  return () => {
    if (fault !== null) throw invalid('password', fault);
    return hash;
  };
}

const sessionOf = ({ actor, session }: Author, userId: number) => (actor.userId === userId ? session : undefined);

const SHOWN = ['login', 'firstname', 'lastname', 'mail', 'admin', 'disabled', 'roles'] as const;
const roleNames = ({ roles }: UserDetails) => roles.map(({ name }) => name).join(', ');
const shown = (user: UserDetails) => ({ ...user, roles: roleNames(user) });
