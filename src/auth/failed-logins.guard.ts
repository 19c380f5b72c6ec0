import { Injectable, SetMetadata, type CanActivate, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AuditTrail, auditSource } from '../audit';
import { FailedLogins } from './failed-logins';

const LOGIN = 'foreman-ovirt:login';

/** The route takes logins, of anybody. */
export const TakesLogins = (): CustomDecorator => SetMetadata(LOGIN, true);

/** Before a login is read: a network that failed too often makes us read nothing more. */
@Injectable()
export class FailedLoginsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly failures: FailedLogins,
    private readonly trail: AuditTrail,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.get<boolean | undefined>(LOGIN, context.getHandler()) !== true) return true;
    const source = auditSource(context.switchToHttp().getRequest<Request>());
    try {
      this.failures.demandAnyLeft(source.address);
    } catch (error) {
      await this.trail.refused({ actor: 'unknown', action: 'login', reason: 'too_many_attempts', ...source });
      throw error;
    }
    return true;
  }
}
