import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const TURN_MS = 10;

/**
 * Handles first requests of connections for 10 ms of each turn of the event loop; the others wait for the next ones.
 * Hundreds that connect at the same time would be handled in one turn, and keep those waiting who are connected already:
 * proxies, and whoever was answered before.
 */
export function newcomersInTurns(handle: RequestListener): RequestListener {
  const known = new WeakSet<Socket>();
  const behind = new WeakMap<Socket, number>();
  const waiting: [IncomingMessage, ServerResponse][] = [];
  let endsAt = 0;
  let isTurn = false;

  const beginTurn = (): void => {
    isTurn = true;
    endsAt = performance.now() + TURN_MS;
    setImmediate(nextTurn);
  };
  const nextTurn = (): void => {
    if (waiting.length === 0) return void (isTurn = false);
    beginTurn();
    handleSome();
  };
  const handleSome = (): void => {
    while (performance.now() < endsAt) {
      const next = waiting.shift();
      if (next === undefined) return;
      const [{ socket }] = next;
      known.add(socket);
      behind.set(socket, (behind.get(socket) ?? 1) - 1);
      handle(...next);
    }
  };

  return (request, response) => {
    const { socket } = request;
    const ahead = behind.get(socket) ?? 0;
    if (ahead === 0 && known.has(socket)) return handle(request, response);
    behind.set(socket, ahead + 1);
    if (!isTurn) beginTurn();
    waiting.push([request, response]);
    handleSome();
  };
}
