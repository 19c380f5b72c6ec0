import type { Request, Response } from 'express';

/**
 * Resolves when nobody waits for the answer any more: it is sent, or the connection is gone. The response alone does not
 * tell: one that waits behind another on its connection never closes when that is cut.
 */
export function whenOver({ socket }: Request, response: Response): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      socket.off('close', over);
      response.off('close', over);
      resolve();
    };
    if (socket.destroyed || response.closed) return resolve();
    socket.once('close', over);
    response.once('close', over);
  });
}
