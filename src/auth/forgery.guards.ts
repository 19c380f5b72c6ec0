import {
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppError } from '../common/app-error';
import { requestSource, WEB_CONFIG, type WebConfig } from '../web';
import { FormTokens } from './form-tokens';

const CHECKS_ITSELF = 'foreman-ovirt:checks-origin-itself';

/** The route looks at where the request comes from by itself, and takes forms without a token: signing in. */
export const ChecksOriginItself = (): CustomDecorator => SetMetadata(CHECKS_ITSELF, true);

function changesNothing({ method }: Request): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}

/** A browser never adds a bearer token by itself. */
function hasBearer({ headers }: Request): boolean {
  return /^bearer\s/i.test(headers.authorization ?? '');
}

/** Refuses changes that another site's page asks for. */
@Injectable()
export class OriginGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(WEB_CONFIG) private readonly web: WebConfig,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (changesNothing(request) || hasBearer(request) || this.reflector.get(CHECKS_ITSELF, context.getHandler()))
      return true;
    const source = requestSource(request, this.web);
    if (source.kind === 'other')
      throw new AppError('forbidden', refusalOf(source.origin), { reason: 'foreign_origin' });
    return true;
  }
}

function refusalOf(origin: string | null): string {
  if (origin === null) return 'Changes are not taken from pages of another site';
  return `Changes are not taken from pages of ${origin}; where that is this service itself, set PUBLIC_URL or ALLOWED_HOSTS`;
}

/** Refuses changes by a browser's session that do not hold its form token. It runs after the body is read. */
@Injectable()
export class FormTokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: FormTokens,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (changesNothing(request) || request.sessionToken === undefined) return true;
    if (this.reflector.get(CHECKS_ITSELF, context.getHandler()) || this.tokens.isProven(request)) return true;
    throw new AppError('forbidden', 'This form is no longer valid: go back, reload the page and try again', {
      reason: 'form_token',
    });
  }
}
