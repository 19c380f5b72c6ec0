import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { hash, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../../common/actor';
import { AppError } from '../../common/app-error';
import { AuditTrail, auditSource } from '../../audit';
import { Authenticator } from '../authenticator';
import { BrowserSessions, type Caller } from '../sessions/browser-sessions';
import { digestOf } from '../token';
import { UserStore } from '../user.store';
import { AccessKeys, type LiveAccessKey } from './access-keys';
import { byKey } from './key-rights';

/** What AccessKeyStore makes. */
const ACCESS_KEY_ID = /^FO[A-Z2-7]{18}$/;
const READS = ['GET', 'HEAD', 'OPTIONS'];

/** Access keys as HTTP Basic: `access_key_id:secret_access_key`, temporary ones with X-Amz-Security-Token. */
@Injectable()
export class AccessKeyCheck {
  constructor(
    authenticator: Authenticator,
    private readonly keys: AccessKeys,
    private readonly users: UserStore,
    private readonly sessions: BrowserSessions,
    private readonly trail: AuditTrail,
  ) {
    authenticator.add('access_key', (request) => this.callerOf(request));
  }

  private async callerOf(request: Request): Promise<Caller | null> {
    const [accessKeyId, secret] = basicOf(request);
    if (!ACCESS_KEY_ID.test(accessKeyId)) return null;
    const key = await this.keys.find(accessKeyId);
    if (key === null || !this.isRight(key, secret, request)) throw await this.refused(accessKeyId, request);
    this.keys.used(key);
    if (key.readOnly && !READS.includes(request.method))
      throw new AppError('forbidden', `Access key ${accessKeyId} only reads`, { reason: 'key_read_only' });
    const actor = await this.actorOf(key);
    if (actor === null) throw await this.refused(accessKeyId, request);
    return { actor: { ...byKey(actor), engineAccess: { kind: 'access_key', id: key.id, readOnly: key.readOnly } } };
  }

  private isRight(key: LiveAccessKey, secret: string, { headers }: Request): boolean {
    if (!equal(this.keys.secretOf(key), secret)) return false;
    const token = headers['x-amz-security-token'];
    return key.tokenDigest === null || (typeof token === 'string' && equal(key.tokenDigest, digestOf(token)));
  }

  /** A temporary key is another way into its session, which its engine has to confirm. */
  private actorOf({ sessionDigest, user }: LiveAccessKey): Promise<Actor | null> {
    return sessionDigest === null ? this.users.actor(user.id) : this.sessions.actorBehind(sessionDigest);
  }

  private async refused(accessKeyId: string, request: Request): Promise<AppError> {
    const entry = { actor: accessKeyId, action: 'login', subject: 'access key', reason: 'unknown_access_key' };
    await this.trail.refused({ ...entry, ...auditSource(request) });
    return new AppError(
      'not_signed_in',
      `Access key ${accessKeyId} is unknown, revoked or expired, or its secret wrong`,
    );
  }
}

function basicOf({ headers }: Request): [login: string, password: string] {
  const encoded = /^basic\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  const [, login = '', password = ''] = /^([^:]*):([^]*)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return [login, password];
}

/** In a time that tells nothing of either. */
function equal(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}
