import type { RequestHandler } from 'express';

/** Runs handlers one after the other as a single one: Express matches each of its layers against each request's path. */
export function inOneLayer(...handlers: RequestHandler[]): RequestHandler {
  return (request, response, done) => {
    let next = 0;
    const proceed = (error?: unknown): void => {
      const handler = error === undefined ? handlers[next++] : undefined;
      if (handler === undefined) return done(error);
      const result: unknown = handler(request, response, proceed);
      if (result instanceof Promise) result.catch(done);
    };
    proceed();
  };
}
