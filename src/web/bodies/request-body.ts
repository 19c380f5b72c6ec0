import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/**
 * `@RequestBody(pipe)`: hands the body over, where `@Body` leaves it with the request until that is answered: for bodies
 * that are large, or anybody's.
 */
export const RequestBody = createParamDecorator((_: unknown, context: ExecutionContext): unknown => {
  const request = context.switchToHttp().getRequest<Request>();
  const body: unknown = request.body;
  request.body = undefined;
  return body;
});
