import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { allValid } from '../common/all-valid';
import { invalid } from '../common/app-error';
import { checkLength } from '../common/check-length';
import { EngineRegistry, type RegisteredEngine } from '../compute-resources';
import type { Transaction } from '../database';
import { AccountStore, type AccountFields } from './account.store';
import { mayGrant, hasPrefixOf } from '../auth';
import { RoleStore } from './role.store';

/**
 * Whether a user may become so; `checkPassword` where one is given.
 * @throws AppError invalid with all that is wrong
 */
export type UserRule = (
  tx: Transaction,
  after: AccountFields,
  before: AccountFields & { id: number },
  checkPassword?: () => unknown,
) => Promise<void>;

const LOGIN = /^[^\s:\p{C}]{1,100}$/u;
const MAX_NAME = 254;

/** What users may be called, and what may be given to them. */
@Injectable()
export class UserRules {
  constructor(
    private readonly engines: EngineRegistry,
    private readonly roles: RoleStore,
    private readonly accounts: AccountStore,
  ) {}

  /** What the actor may make of users. The engines are asked for before the transaction, which must wait for nothing. */
  async of(actor: Actor): Promise<UserRule> {
    const engines = await this.engines.list();
    return async (tx, after, before, checkPassword) => {
      const isNewLogin = after.login !== before.login || after.login === '';
      const isTaken = isNewLogin && (await this.accounts.isTaken(tx, after.login, before.id));
      const added = new Set(after.roleIds.filter((id) => !before.roleIds.includes(id)));
      const roles = await this.roles.byIds([...added], tx);
      allValid({
        login: () => {
          if (isNewLogin) checkLogin(after.login, engines, isTaken);
        },
        firstname: () => checkLength('firstname', after.firstname ?? '', MAX_NAME),
        lastname: () => checkLength('lastname', after.lastname ?? '', MAX_NAME),
        mail: () => checkLength('mail', after.mail ?? '', MAX_NAME),
        password: () => checkPassword?.(),
        admin: () => {
          if (after.admin && !before.admin && !actor.admin)
            throw invalid('admin', 'can only be given by an administrator');
        },
        roles: () => {
          if (roles.length < added.size) throw invalid('role_ids', 'names a role that does not exist');
          const beyond = roles.find(({ permissions }) => !mayGrant(actor, permissions));
          if (beyond !== undefined)
            throw invalid('role_ids', `cannot give ${beyond.name}: it has permissions that you do not have`);
        },
      });
    };
  }
}

function checkLogin(login: string, engines: RegisteredEngine[], isTaken: boolean): void {
  if (login === '') throw invalid('login', "can't be blank");
  if (!LOGIN.test(login)) throw invalid('login', 'has blanks or colons, or more than 100 characters');
  const engine = engines.find((each) => hasPrefixOf(each, login));
  if (engine !== undefined)
    throw invalid('login', `starts with ${engine.loginPrefix}, as logins of users of ${engine.label} do`);
  if (isTaken) throw invalid('login', 'has already been taken');
}
