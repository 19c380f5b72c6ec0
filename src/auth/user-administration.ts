import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AppError, invalid } from '../common/app-error';
import { EngineRegistry } from '../compute-resources';
import { UnitOfWork, storable, type Transaction } from '../database';
import { AccountStore, type AccountFields } from './account.store';
import { mayGrant, mayManage } from './delegation';
import { hasPrefixOf } from './engine-claim';
import { hashPassword } from './password';
import { RoleStore } from './role.store';
import { UserDirectory, type UserDetails } from './user-directory.read-model';

/** What is said of a user; absent = as it was. */
export interface UserInput extends Partial<AccountFields> {
  /** For local users; '' = as it was. */
  password?: string;
}

const LOGIN = /^[^\s:\p{C}]{1,100}$/u;
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 1_000;
const MAX_NAME = 254;

/** Makes, changes and removes users. Nobody can give more than they have, nor take over who has more. */
@Injectable()
export class UserAdministration {
  constructor(
    private readonly directory: UserDirectory,
    private readonly roles: RoleStore,
    private readonly accounts: AccountStore,
    private readonly engines: EngineRegistry,
    private readonly work: UnitOfWork,
  ) {}

  /** Makes a local user. @throws AppError invalid, forbidden */
  async create(actor: Actor, { password = '', ...input }: UserInput): Promise<UserDetails> {
    const fields = withInput(NOBODY, input);
    await this.check(actor, fields, { ...NOBODY, id: 0 });
    checkPassword(password);
    const hash = await hashPassword(password);
    const id = await this.work.run((tx) => this.accounts.create(tx, fields, hash));
    return this.directory.get(id);
  }

  /**
   * Users of an engine keep the names that it gives them.
   * @param keepSession digest of the actor's own session, which survives a change of the own password
   * @throws AppError not_found, invalid, forbidden, conflict
   */
  async update(
    actor: Actor,
    id: string | number,
    { password = '', ...input }: UserInput,
    keepSession?: string,
  ): Promise<UserDetails> {
    const before = await this.manageable(actor, id);
    const known = fieldsOf(before);
    const local = before.engineId === null;
    const fields = withInput(known, local ? input : { ...input, ...NO_NAMES });
    await this.check(actor, fields, { ...known, id: before.id });
    if (password !== '' && !local) throw invalid('password', 'is kept by the engine');
    if (password !== '') checkPassword(password);
    const hash = password === '' ? null : await hashPassword(password);
    await this.work.run(async (tx) => {
      if (!fields.admin || fields.disabled) await this.keepAnAdmin(tx, before);
      await this.accounts.update(tx, before.id, differenceOf(known, fields));
      const own = actor.userId === before.id;
      if (hash !== null) await this.accounts.setPassword(tx, before.id, hash, own ? keepSession : undefined);
    });
    return this.directory.get(before.id);
  }

  /** Ends the user's sessions but the one with the digest `keepSession`. @throws AppError invalid */
  async changePassword(userId: number, password: string, keepSession?: string): Promise<void> {
    checkPassword(password);
    const hash = await hashPassword(password);
    await this.work.run((tx) => this.accounts.setPassword(tx, userId, hash, keepSession));
  }

  /** @throws AppError not_found, forbidden, conflict */
  async remove(actor: Actor, id: string | number): Promise<UserDetails> {
    const user = await this.manageable(actor, id);
    if (user.id === actor.userId)
      throw new AppError('conflict', 'You cannot delete the account you are signed in with');
    await this.work.run(async (tx) => {
      await this.keepAnAdmin(tx, user);
      await this.accounts.remove(tx, user.id);
    });
    return user;
  }

  private async manageable(actor: Actor, id: string | number): Promise<UserDetails> {
    const user = await this.directory.get(id);
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

  private async check(actor: Actor, after: AccountFields, before: AccountFields & { id: number }): Promise<void> {
    if (after.login !== before.login || after.login === '') await this.checkLogin(after.login, before.id);
    for (const name of ['firstname', 'lastname', 'mail'] as const)
      if ((after[name]?.length ?? 0) > MAX_NAME) throw invalid(name, `is too long (maximum is ${MAX_NAME} characters)`);
    if (after.admin && !before.admin && !actor.admin) throw invalid('admin', 'can only be given by an administrator');
    const added = after.roleIds.filter((id) => !before.roleIds.includes(id));
    const roles = await this.roles.byIds(added);
    if (roles.length < new Set(added).size) throw invalid('role_ids', 'names a role that does not exist');
    const beyond = roles.find(({ permissions }) => !mayGrant(actor, permissions));
    if (beyond !== undefined)
      throw invalid('role_ids', `cannot give ${beyond.name}: it has permissions that you do not have`);
  }

  private async checkLogin(login: string, id: number): Promise<void> {
    if (login === '') throw invalid('login', "can't be blank");
    if (!LOGIN.test(login)) throw invalid('login', 'has blanks or colons, or more than 100 characters');
    const engine = (await this.engines.list()).find((each) => hasPrefixOf(each, login));
    if (engine !== undefined)
      throw invalid('login', `starts with ${engine.loginPrefix}, as logins of users of ${engine.label} do`);
    if (await this.accounts.isTaken(login, id)) throw invalid('login', 'has already been taken');
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

function checkPassword(password: string): void {
  if (password === '') throw invalid('password', "can't be blank");
  if (password.length < MIN_PASSWORD) throw invalid('password', `is too short (minimum is ${MIN_PASSWORD} characters)`);
  if (password.length > MAX_PASSWORD) throw invalid('password', `is too long (maximum is ${MAX_PASSWORD} characters)`);
}
