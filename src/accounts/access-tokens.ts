import { Injectable } from '@nestjs/common';
import { userIdOf, type Actor } from '../common/actor';
import { AppError, invalid } from '../common/app-error';
import { checkLength } from '../common/check-length';
import { Clock } from '../common/clock';
import type { ListRequest, Page } from '../common/paging';
import { UnitOfWork, storable } from '../database';
import { AccessTokenStore, type AccessTokenDetails, type NewToken, type Author } from '../auth';
import { AuditTrail } from '../audit';
import { UserDirectory, fullNameOf, type UserDetails } from './user-directory.read-model';

const MAX_NAME = 254;

/** As it was typed; `expires` is an instant or a day, null or '' = never. */
export interface TokenInput {
  name: string;
  expires: string | null;
}

/** Personal access tokens: one's own (without a user's key), and for administrators everyone's. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly store: AccessTokenStore,
    private readonly directory: UserDirectory,
    private readonly trail: AuditTrail,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** All of one's own, newest first. @throws AppError forbidden */
  own(actor: Actor): Promise<AccessTokenDetails[]> {
    return this.store.list(userIdOf(actor));
  }

  /** @throws AppError forbidden, not_found, search_syntax */
  async page(actor: Actor, userKey: string | undefined, request: ListRequest): Promise<Page<AccessTokenDetails>> {
    return this.store.page((await this.owner(actor, userKey)).id, request);
  }

  /** @returns the secret, which cannot be shown again @throws AppError forbidden, not_found, invalid */
  async create(by: Author, userKey: string | undefined, { name, expires }: TokenInput): Promise<NewToken> {
    if (by.actor.engineAccess?.kind === 'access_key')
      throw new AppError('forbidden', 'Access keys make no tokens: sign in yourself');
    const owner = await this.owner(by.actor, userKey);
    const expiresAt = expires ? new Date(expires) : null;
    const wanted = { name: storable(name.trim()), expiresAt };
    if (wanted.name === '') throw invalid('name', "can't be blank");
    checkLength('name', wanted.name, MAX_NAME);
    if (expiresAt !== null && Number.isNaN(expiresAt.getTime())) throw invalid('expires_at', 'is not a date');
    if (expiresAt !== null && !(expiresAt > this.clock.now())) throw invalid('expires_at', 'is not in the future');
    return this.work.run(async (tx) => {
      const made = await this.store.create(tx, owner.id, wanted);
      await this.trail.change(by, 'token.create', `${fullNameOf(owner)}: ${wanted.name}`, '', tx);
      return made;
    });
  }

  /** @throws AppError forbidden, not_found */
  async revoke(by: Author, userKey: string | undefined, key: string): Promise<AccessTokenDetails> {
    const owner = await this.owner(by.actor, userKey);
    return this.work.run(async (tx) => {
      const token = await this.store.revoke(tx, owner.id, key);
      await this.trail.change(by, 'token.revoke', `${fullNameOf(owner)}: ${token.name}`, '', tx);
      return token;
    });
  }

  /** Who could make a token for someone could act as them. */
  private async owner(actor: Actor, userKey?: string): Promise<UserDetails> {
    const own = userIdOf(actor);
    if (userKey === undefined) return this.directory.get(own);
    if (actor.admin) return this.directory.get(userKey);
    if (userKey === String(own) || userKey === actor.name) return this.directory.get(own);
    throw new AppError('forbidden', "Only an administrator deals with other people's tokens");
  }
}
