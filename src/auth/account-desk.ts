import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import type { AccessTokenDetails } from './access-token.store';
import { AccessTokens } from './access-tokens';
import { AuditTrail, type AuditSource } from './audit-trail';
import { OwnPassword } from './own-password';
import { UserDirectory, type UserDetails } from './user-directory.read-model';

/** Changes of the own account with their entry in the audit trail. */
@Injectable()
export class AccountDesk {
  constructor(
    private readonly directory: UserDirectory,
    private readonly passwords: OwnPassword,
    private readonly accessTokens: AccessTokens,
    private readonly trail: AuditTrail,
  ) {}

  user({ userId }: Actor): Promise<UserDetails> {
    return this.directory.get(userId ?? '');
  }

  tokens(actor: Actor): Promise<AccessTokenDetails[]> {
    return this.accessTokens.list(actor, actor.userId ?? '');
  }

  /** @throws AppError as OwnPassword.change */
  async changePassword(
    actor: Actor,
    passwords: { current: string; password: string },
    { keep, ...source }: AuditSource & { keep?: string },
  ): Promise<void> {
    await this.passwords.change(actor, source.address, passwords, keep);
    await this.trail.change(actor, 'user.password', actor.name, source);
  }

  /** @returns the secret, which cannot be shown again */
  async createToken(
    actor: Actor,
    wanted: { name: string; expiresAt: Date | null },
    source: AuditSource,
  ): Promise<string> {
    const { secret, owner, token } = await this.accessTokens.create(actor, actor.userId ?? '', wanted);
    await this.trail.change(actor, 'token.create', `${owner}: ${token.name}`, source);
    return secret;
  }

  async revokeToken(actor: Actor, id: string, source: AuditSource): Promise<void> {
    const { token, owner } = await this.accessTokens.revoke(actor, actor.userId ?? '', id);
    await this.trail.change(actor, 'token.revoke', `${owner}: ${token.name}`, source);
  }
}
