import type { Request } from 'express';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { SignIn } from '../../src/auth/sign-in';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { sendHalf } from '../support/half-sent';
import { cookieOf, logIn } from '../support/sign-in';

const JSON_TYPE = { 'content-type': 'application/json', accept: 'application/json' };
const PASSWORD = 'viewer-password';
const KIB = 1_024;
let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await app.post('/api/v2/roles', { role: { name: 'Readers', permissions: ['view_hosts'] } });
});
afterAll(() => app.close());

const login = (more: object) => JSON.stringify({ login: { login: 'x', password: 'y', ...more } });
const post = (path: string, body: RequestInit['body'], headers: Record<string, string> = {}) =>
  app.anonymous(path, { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } });

describe('a stranger’s body', () => {
  it('of more than 32 KB is 413, whether JSON or a form; one of 31 KB is a login like others', async () => {
    expect((await post('/users/login', login({ z: 'z'.repeat(33 * KIB) }))).status).toBe(413);
    const form = new URLSearchParams({ 'login[login]': 'x', 'login[password]': 'y'.repeat(33 * KIB) }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('/users/login', form, type)).status).toBe(413);
    expect((await post('/users/login', login({ z: 'z'.repeat(31 * KIB) }))).status).toBe(401);
  });

  it('is never unpacked', async () => {
    const bomb = gzipSync(`{"login":{"login":"x","password":"y","z":[${'{},'.repeat(86_000)}{}]}}`);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post('/users/login', bomb, { 'content-encoding': 'gzip' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([415]));
    const form = gzipSync('login[login]=x&login[password]=y');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' };
    expect((await post('/users/login', form, headers)).status).toBe(415);
  });

  it('is as small for a browser of somebody who may not upload; with the password itself it may be larger', async () => {
    const made = await app.post('/api/v2/users', { user: { login: 'vera', password: PASSWORD, role_names: [] } });
    expect(made.status).toBe(201);
    const cookie = cookieOf(await logIn(app, { login: 'vera', password: PASSWORD }));
    const body = JSON.stringify({ account: { z: 'z'.repeat(33 * KIB) } });
    expect((await post('/account/password', body, { cookie })).status).toBe(413);
    const authorization = basic('vera', PASSWORD);
    expect((await post('/account/password', body, { authorization })).status).not.toBe(413);
  });

  it('is not kept while the login is tried', async () => {
    const requests: Request[] = [];
    app.app.getHttpServer().prependListener('request', (request: Request) => requests.push(request));
    const kept: unknown[] = [];
    jest.spyOn(app.app.get(SignIn), 'signIn').mockImplementationOnce(() => {
      kept.push(requests.at(-1)?.body);
      return Promise.reject(new Error('seen'));
    });
    expect((await post('/users/login', login({}))).status).toBe(500);
    expect(kept).toEqual([undefined]);
  });

  it('is not waited for where logins failed too often', async () => {
    const from = { 'x-forwarded-for': '192.0.2.77' };
    for (let i = 0; i < 30; i += 1) await logIn(app, { login: `nobody${i}`, password: 'x' }, from);
    const { socket, answer } = await sendHalf(app, '/users/login', { length: 20_000, headers: from });
    await once(socket, 'data');
    expect(answer()).toContain('429 Too Many Requests');
    socket.destroy();
  });

  it('is read where somebody signed in lately, whoever failed there since', async () => {
    const from = { 'x-forwarded-for': '192.0.2.78' };
    expect((await logIn(app, ADMIN, from)).status).toBe(200);
    for (let i = 0; i < 30; i += 1) await logIn(app, { login: `nobody${i}`, password: 'x' }, from);
    expect((await logIn(app, ADMIN, from)).status).toBe(200);
  });
});
