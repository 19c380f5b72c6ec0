import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../common/actor';

/** Who calls a route that is not public. */
export function actorOf({ actor }: Request): Actor {
  if (actor === undefined) throw new Error('a public route asked for the current actor');
  return actor;
}

/** `@CurrentActor() actor: Actor` on routes that are not public. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<Request>()),
);
