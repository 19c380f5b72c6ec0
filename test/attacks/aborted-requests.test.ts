import { once } from 'node:events';
import { ADMIN, startApp } from '../support/app';
import { sendHalf } from '../support/half-sent';
import { logIn } from '../support/sign-in';

it('callers who hang up while they wait for their turn to log in hold nobody else’s turn', async () => {
  const app = await startApp();
  const halves = await Promise.all(
    Array.from({ length: 200 }, () => sendHalf(app, '/users/login', { length: 50, sent: '{' })),
  );
  await app.anonymous('/healthz'); // what was sent before has been seen by then
  const closed = halves.map(({ socket }) => once(socket, 'close'));
  halves.forEach(({ socket }) => socket.destroy());
  await Promise.all(closed);

  expect((await logIn(app, ADMIN)).status).toBe(200);
  await app.close();
});
