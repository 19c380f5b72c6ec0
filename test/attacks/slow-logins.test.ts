import { once } from 'node:events';
import { BytesInFlight } from '../../src/web/bodies/bytes-in-flight';
import { ADMIN, startApp, type RunningApp } from '../support/app';
import { sendHalf } from '../support/half-sent';
import { logIn } from '../support/sign-in';

const SLOW = 100;
const KIB = 1_024;

describe('logins that are sent slowly', () => {
  let app: RunningApp;
  beforeAll(async () => (app = await startApp({ MAX_BODY_MB: '1', MAX_IN_FLIGHT_MB: '1' })));
  afterAll(() => app.close());

  const halves = async (sent: string) => {
    const all = await Promise.all(
      Array.from({ length: SLOW }, () => sendHalf(app, '/users/login', { length: 31 * KIB, sent })),
    );
    await app.anonymous('/healthz'); // what was sent before has been seen by then
    return all;
  };

  // the first of all: of those that are cut off below, the service may hear late
  it('are cut off after 10 s', async () => {
    const real = [
      'nextTick',
      'setImmediate',
      'clearImmediate',
      'queueMicrotask',
      'setInterval',
      'clearInterval',
    ] as const;
    jest.useFakeTimers({ doNotFake: [...real, 'Date', 'performance', 'hrtime'] });
    const begun = jest.spyOn(BytesInFlight.prototype, 'open');
    const { socket } = await sendHalf(app, '/users/login', { length: 50, sent: '{' });
    const closed = once(socket, 'close');
    while (begun.mock.calls.length === 0) await app.anonymous('/healthz');
    jest.advanceTimersByTime(9_999);
    await app.anonymous('/healthz');
    expect(socket.closed).toBe(false);
    jest.advanceTimersByTime(1);
    jest.useRealTimers();
    await closed;
    begun.mockRestore();
  });

  it('keep nobody of their network waiting', async () => {
    const slow = await halves('{');
    expect((await logIn(app, ADMIN)).status).toBe(200);
    expect(slow.filter(({ socket }) => socket.closed)).toEqual([]);
    slow.forEach(({ socket }) => socket.destroy());
  });

  it('keep nobody from logging in when they hold all that strangers may', async () => {
    const slow = await halves(' '.repeat(8 * KIB));
    while (!slow.some(({ answer }) => answer().includes('503'))) await app.anonymous('/healthz');
    expect((await logIn(app, ADMIN)).status).toBe(200);
    slow.forEach(({ socket }) => socket.destroy());
  });
});
