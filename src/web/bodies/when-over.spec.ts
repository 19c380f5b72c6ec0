import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { whenOver } from './when-over';

function exchange({ destroyed = false } = {}) {
  const socket = Object.assign(new EventEmitter(), { destroyed });
  const response = Object.assign(new EventEmitter(), { closed: false });
  const over = jest.fn();
  void whenOver({ socket } as unknown as Request, response as unknown as Response).then(over);
  return { socket, response, over };
}

describe('whenOver', () => {
  it.each(['socket', 'response'] as const)('tells when the %s is closed, and listens no more', async (end) => {
    const { socket, response, over } = exchange();
    await Promise.resolve();
    expect(over).not.toHaveBeenCalled();
    (end === 'socket' ? socket : response).emit('close');
    await Promise.resolve();

    expect(over).toHaveBeenCalledTimes(1);
    expect([socket.listenerCount('close'), response.listenerCount('close')]).toEqual([0, 0]);
  });

  it('tells at once of a connection that is gone already', async () => {
    const { over } = exchange({ destroyed: true });
    await Promise.resolve();

    expect(over).toHaveBeenCalledTimes(1);
  });
});
