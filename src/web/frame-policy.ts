import { Injectable, SetMetadata, type CanActivate, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';

const FRAMABLE = 'foreman-ovirt:framable';

/** The page, and the error page in its place, may stand in webadmin's frames. All others refuse framing. */
export const Framable = (): CustomDecorator => SetMetadata(FRAMABLE, true);

/** Whose pages may frame ours, beside our own. */
export abstract class FrameAncestors {
  /** Origins such as `https://engine.example.com`. */
  abstract frameAncestors(): Promise<string[]>;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Set on routes with `@Framable()`. */
    framable?: boolean;
  }
}

/** Opens framable routes to their frames. It runs before any other guard, so that refusals can be read in the frame, too. */
@Injectable()
export class FramePolicy implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly ancestors: FrameAncestors,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (request.speaks?.framed !== true) return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(FRAMABLE, targets) !== true) return true;
    const response = http.getResponse<Response>();
    request.framable = true;
    // The look of webadmin before 4.2, which our UI plugin asks for there.
    if (request.query.skin === '3.x') response.locals.skin = 'skin-3x';
    const policy = String(response.getHeader('Content-Security-Policy'));
    const allowed = ["'self'", ...(await this.ancestors.frameAncestors())].join(' ');
    response.setHeader(
      'Content-Security-Policy',
      policy.replace("frame-ancestors 'none'", `frame-ancestors ${allowed}`),
    );
    return true;
  }
}
