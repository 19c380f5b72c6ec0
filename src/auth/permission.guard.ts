import { Injectable, type CanActivate, type ExecutionContext, type OnApplicationBootstrap } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { mayOneOf, type Actor } from '../common/actor';
import { AppError } from '../common/app-error';
import { Protocols } from '../web';
import { ALLOW, type Requirement } from './allow';
import { Authenticator } from './authenticator';
import { NO_SESSION } from './sessions/browser-sessions';
import { isUpload } from './uploaders/uploaders';

declare module 'express-serve-static-core' {
  interface Request {
    /** Who calls; set by the guard on every route that is not public. */
    actor?: Actor;
    /** The session's cookie, when that is how we know the actor. */
    sessionToken?: string;
  }
}

const NO_UPLOADER =
  'Uploads need a user and password, a token, a client certificate of the CA that this service knows, or an address in UPLOAD_ALLOWED_IPS';

/** Fail closed: a route of no protocol, or that states no permission, serves nobody. */
@Injectable()
export class PermissionGuard implements CanActivate, OnApplicationBootstrap {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly protocols: Protocols,
  ) {}

  onApplicationBootstrap(): void {
    for (const protocol of this.protocols.all) this.authenticator.demandChecks(protocol);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.speaks === undefined)
      throw new AppError('forbidden', 'This route belongs to no protocol, so it serves nobody');
    const requirement = this.reflector.getAllAndOverride<Requirement | undefined>(ALLOW, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (requirement === 'public') return true;
    if (requirement === undefined)
      throw new AppError('forbidden', 'This route states no permission, so it serves nobody');
    const needs = requirement === 'signed in' ? [] : requirement;
    const caller = await this.authenticator.identify(request, request.speaks.credentials, needs);
    if (caller === null) throw new AppError('not_signed_in', needs.some(isUpload) ? NO_UPLOADER : NO_SESSION);
    const { actor, sessionToken } = caller;
    request.actor = actor;
    request.sessionToken = sessionToken;
    if (requirement !== 'signed in' && !mayOneOf(actor, requirement))
      throw new AppError('forbidden', 'Access denied', { missingPermissions: [...requirement] });
    return true;
  }
}
