import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AppError } from '../common/app-error';
import { AccessTokenStore, type AccessTokenDetails } from './access-token.store';
import { UserDirectory, type UserDetails } from './user-directory.read-model';

/** Personal access tokens: one's own, and for administrators everyone's. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly store: AccessTokenStore,
    private readonly directory: UserDirectory,
  ) {}

  /** @throws AppError forbidden, not_found */
  async list(actor: Actor, userId: string | number): Promise<AccessTokenDetails[]> {
    return this.store.list((await this.owner(actor, userId)).id);
  }

  /** @returns the secret, which cannot be shown again @throws AppError forbidden, not_found, invalid */
  async create(
    actor: Actor,
    userId: string | number,
    wanted: { name: string; expiresAt: Date | null },
  ): Promise<{ token: AccessTokenDetails; secret: string; owner: string }> {
    const owner = await this.owner(actor, userId);
    const { id, secret } = await this.store.create(owner.id, wanted);
    return { token: await this.store.get(owner.id, id), secret, owner: owner.login };
  }

  /** @throws AppError forbidden, not_found */
  async revoke(
    actor: Actor,
    userId: string | number,
    id: string,
  ): Promise<{ token: AccessTokenDetails; owner: string }> {
    const owner = await this.owner(actor, userId);
    return { token: await this.store.revoke(owner.id, id), owner: owner.login };
  }

  /** Who could make a token for someone could act as them. */
  private async owner(actor: Actor, userId: string | number): Promise<UserDetails> {
    if (actor.admin || String(actor.userId) === String(userId)) return this.directory.get(userId);
    throw new AppError('forbidden', "Only an administrator deals with other people's tokens");
  }
}
