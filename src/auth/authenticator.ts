import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { BlockList, isIPv6 } from 'node:net';
import type { Actor, Permission } from '../common/actor';
import { AppError } from '../common/app-error';
import type { AppConfig } from '../config';
import { AccessTokenStore } from './access-token.store';
import { certificateName } from './client-certificate';
import { PasswordVerifier } from './password';
import { SESSION_COOKIE } from './session-cookie';
import { SessionStore } from './session.store';
import { TOKEN } from './token';
import { UserStore } from './user.store';

export const UPLOAD_CONFIG = Symbol('UPLOAD_CONFIG');
const UPLOADS: ReadonlySet<Permission> = new Set(['upload_config_reports', 'upload_facts']);

/** Finds out who calls. Credentials that are sent must be right: wrong ones never fall back to weaker proof. */
@Injectable()
export class Authenticator {
  private readonly passwords = new PasswordVerifier();
  private readonly allowedAddresses: BlockList;

  constructor(
    private readonly users: UserStore,
    private readonly sessions: SessionStore,
    private readonly tokens: AccessTokenStore,
    @Inject(UPLOAD_CONFIG) private readonly uploads: AppConfig['uploads'],
  ) {
    this.allowedAddresses = blockListOf(uploads.allowedIps);
  }

  /**
   * @param needs what the route asks for; certificates and addresses speak for uploads only
   * @returns null when the caller shows nothing
   * @throws AppError not_signed_in when what the caller shows is wrong
   */
  async identify(request: Request, needs: readonly Permission[]): Promise<Actor | null> {
    const header = request.headers.authorization;
    if (header !== undefined) return this.byHeader(header);
    const cookie: unknown = (request.cookies as Record<string, unknown> | undefined)?.[SESSION_COOKIE];
    const background = request.headers['x-background-refresh'] !== undefined;
    if (typeof cookie === 'string') {
      const userId = await this.sessions.userOf(cookie, { background });
      const actor = userId === null ? null : await this.users.actor(userId);
      if (actor !== null) return actor;
    }
    return needs.some((permission) => UPLOADS.has(permission)) ? this.uploader(request) : null;
  }

  /** The local user of this login and password. */
  async byPassword(login: string, password: string): Promise<Actor | null> {
    const user = await this.users.localByLogin(login);
    const right = await this.passwords.verify(password, user?.passwordHash ?? null);
    return right && user !== null ? this.users.actor(user.id) : null;
  }

  private async byHeader(header: string): Promise<Actor> {
    const [, scheme = '', value = ''] = /^(\w+)\s+(\S+)$/.exec(header) ?? [];
    if (scheme.toLowerCase() === 'bearer') return this.signedIn(await this.byToken(value), 'this token');
    if (scheme.toLowerCase() === 'basic') {
      const [, login = '', password = ''] =
        /^([^:]*):([^]*)$/.exec(Buffer.from(value, 'base64').toString('utf8')) ?? [];
      return this.signedIn(await this.byBasic(login, password), `user ${login}`);
    }
    throw new AppError('not_signed_in', 'Authorization is neither Basic nor Bearer');
  }

  /** The password may be a personal access token of the same user, as in Foreman. */
  private async byBasic(login: string, password: string): Promise<Actor | null> {
    const actor = await this.byPassword(login, password);
    if (actor !== null || !TOKEN.test(password)) return actor;
    const owner = await this.byToken(password);
    return owner?.name === login.toLowerCase() ? owner : null;
  }

  private async byToken(token: string): Promise<Actor | null> {
    const userId = await this.tokens.userOf(token);
    return userId === null ? null : this.users.actor(userId);
  }

  private signedIn(actor: Actor | null, who: string): Actor {
    if (actor === null) throw new AppError('not_signed_in', `Unable to authenticate ${who}`);
    return actor;
  }

  private uploader(request: Request): Actor | null {
    const name = certificateName(request, this.uploads.clientCertHeaders);
    if (name !== null) {
      const onlyForHost = this.uploads.certNames.includes(name) ? undefined : name;
      return { kind: 'certificate', name, admin: false, permissions: UPLOADS, onlyForHost };
    }
    const address = (request.ip ?? '').replace(/^::ffff:/, '');
    if (address !== '' && this.allowedAddresses.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'))
      return { kind: 'address', name: address, admin: false, permissions: UPLOADS };
    return null;
  }
}

function blockListOf(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const address of addresses) {
    const [ip = '', bits] = address.split('/');
    const family = isIPv6(ip) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(ip, family);
    else list.addSubnet(ip, Number(bits), family);
  }
  return list;
}
