import type { IncomingMessage, ServerResponse } from 'node:http';
import { newcomersInTurns } from './newcomers';

const TURN_MS = 10;

/** A listener whose every request takes half a turn, and what it handled so far. */
function halfTurns() {
  const handled: string[] = [];
  const listener = newcomersInTurns(({ url = '' }) => {
    handled.push(url);
    const until = performance.now() + TURN_MS / 2;
    while (performance.now() < until);
  });
  const arrives = (url: string, socket = {}) => listener({ url, socket } as IncomingMessage, {} as ServerResponse);
  return { handled, arrives };
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

it('of a crowd that connects at once as many are handled as a turn has time for, and the others in turns to come', async () => {
  const { handled, arrives } = halfTurns();
  for (let index = 0; index < 40; index += 1) arrives(`/${index}`);
  expect(handled.length).toBeLessThanOrEqual(3);
  await turns(5);
  expect(handled.length).toBeLessThan(40);
  await turns(60);
  expect(handled).toEqual(Array.from({ length: 40 }, (_, index) => `/${index}`));
});

it('who was handled before waits for no crowd', async () => {
  const { handled, arrives } = halfTurns();
  const socket = {};
  arrives('/first', socket);
  await turns(3);
  for (let index = 0; index < 40; index += 1) arrives('/crowd');
  arrives('/second', socket);
  expect(handled.at(-1)).toBe('/second');
});

it('requests of one connection stay in their order while some of them wait', async () => {
  const { handled, arrives } = halfTurns();
  for (let index = 0; index < 11; index += 1) arrives('/crowd');
  const socket = {};
  for (const url of ['/1', '/2', '/3', '/4']) arrives(url, socket);
  for (let turn = 0; !handled.includes('/1'); turn += 1) await turns(1);
  expect(handled).not.toContain('/4');
  arrives('/5', socket);
  await turns(20);
  expect(handled.slice(-5)).toEqual(['/1', '/2', '/3', '/4', '/5']);
});
