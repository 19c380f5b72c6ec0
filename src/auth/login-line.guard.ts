import { Injectable, SetMetadata, type CanActivate, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { whenOver } from '../web';
import { AuditTrail, auditSource } from '../audit';
import { FailedLogins } from './failed-logins';

const LOGIN = 'foreman-ovirt:login';

/** The route takes logins, of anybody: they wait in line before they are read. */
export const EntersLoginLine = (): CustomDecorator => SetMetadata(LOGIN, true);

/** Before a login is read: a network that failed too often makes us read nothing more. */
@Injectable()
export class LoginLine implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly failures: FailedLogins,
    private readonly trail: AuditTrail,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.get<boolean | undefined>(LOGIN, context.getHandler()) !== true) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const source = auditSource(request);
    try {
      const leave = await this.failures.reading(source.address);
      void whenOver(request, context.switchToHttp().getResponse<Response>()).then(leave);
    } catch (error) {
      await this.trail.refused({ actor: 'unknown', action: 'login', reason: 'too_many_attempts', ...source });
      throw error;
    }
    return true;
  }
}
