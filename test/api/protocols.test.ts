import { Controller, Injectable, Module, Post, Query, Req } from '@nestjs/common';
import { AppModule } from '../../src/app.module';
import { createApp } from '../../src/app.setup';
import { Allow, Authenticator, CurrentActor } from '../../src/auth';
import { AppError } from '../../src/common/app-error';
import type { Actor } from '../../src/common/actor';
import { parseConfig } from '../../src/config';
import { Protocols, type BodyKind, type Failure, type Protocol } from '../../src/web';
import { RequestBody } from '../../src/web/bodies/request-body';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response as ExpressResponse } from 'express';
import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ADMIN, SECRET_KEY, basic } from '../support/app';
import { makeDatabase } from '../support/database';

/** Says everything in XML, and reads bodies as they come and queries with dotted names. */
@Injectable()
class ToyProtocol implements Protocol {
  readonly name = 'toy';
  readonly credentials = ['authorization', 'toy-signature'];
  readonly proofBytes = 1_000;
  readonly atRoot = false;
  readonly framed = false;
  readonly crossOrigin = false;

  constructor(protocols: Protocols) {
    protocols.register(this, '/toy');
  }

  readonly readQuery = (text: string) => {
    if (text === 'bad') throw new AppError('bad_request', 'no query');
    return Object.fromEntries(new URLSearchParams(text));
  };

  bodyOf({ path }: Request): BodyKind {
    return path === '/toy/stream' ? 'stream' : 'bytes';
  }

  wantsData(): boolean {
    return true;
  }

  send(response: ExpressResponse, body: object): void {
    const elements = Object.entries(body).map(([name, value]) => `<${name}>${String(value)}</${name}>`);
    response.type('xml').end(`<Answer>${elements.join('')}</Answer>`);
  }

  sendError(response: ExpressResponse, { code }: Failure): void {
    response.type('xml').end(`<Error>${code}</Error>`);
  }
}

@Controller()
class ToyController {
  @Allow('view_hosts')
  @Post('toy/echo')
  echo(@CurrentActor() { name }: Actor, @Query('Filter.1.Name') filter: string, @RequestBody() body: Buffer): object {
    return { name, filter, bytes: body.toString('utf8') };
  }

  @Allow('view_hosts')
  @Post('toy/stream')
  async stream(@Req() request: Request): Promise<object> {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    return { bytes };
  }

  @Allow('view_hosts')
  @Post('toy/fault')
  fault(): object {
    throw new AppError('conflict', 'in use');
  }

  @Allow('view_hosts')
  @Post('of-no-protocol')
  lost(): object {
    return {};
  }
}

@Module({ controllers: [ToyController], providers: [ToyProtocol] })
class ToyModule {
  constructor(authenticator: Authenticator) {
    authenticator.add('toy-signature', ({ headers, body }: Request) => {
      const given = headers['x-toy-signature'];
      if (given === undefined) return null;
      if (given !== signatureOf(body as Buffer)) throw new AppError('not_signed_in', 'wrong signature');
      const actor: Actor = { kind: 'user', name: 'signer', admin: true, permissions: new Set() };
      return { actor };
    });
  }
}

const signatureOf = (body: Buffer | string) => hash('sha256', body);

let app: NestExpressApplication;
let url: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await makeDatabase();
  drop = database.drop;
  const config = parseConfig({
    DATABASE_URL: database.url,
    SECRET_KEY,
    ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: 'silent',
    CORS_ORIGINS: 'https://other.example',
  });
  @Module({ imports: [AppModule.forRoot(config), ToyModule] })
  class WithToy {}
  app = await createApp(config, WithToy);
  await app.listen(0, '127.0.0.1');
  url = `${(await app.getUrl()).replace('[::1]', '127.0.0.1')}${config.web.basePath}`;
});

afterAll(async () => {
  await app.close();
  await drop();
});

const BODY = 'Action=Run&Filter.1.Name=a';
const authorization = basic(ADMIN.login, ADMIN.password);
const post = (path: string, headers: Record<string, string> = { authorization }) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    body: BODY,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

describe('a protocol that a room brings along', () => {
  it('reads bodies and queries its way, and writes what its routes return', async () => {
    const response = await post('/toy/echo?Filter.1.Name=tag:a');
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'application/xml']);
    expect(await response.text()).toBe(
      '<Answer><name>admin</name><filter>tag:a</filter><bytes>Action=Run&Filter.1.Name=a</bytes></Answer>',
    );
  });

  it('tells errors its way: those of routes, of missing credentials and of missing routes', async () => {
    const told = await Promise.all([post('/toy/fault'), post('/toy/echo', {}), post('/toy/nowhere')]);
    expect(told.map(({ status }) => status)).toEqual([409, 401, 404]);
    expect(await Promise.all(told.map((response) => response.text()))).toEqual([
      '<Error>conflict</Error>',
      '<Error>not_signed_in</Error>',
      '<Error>not_found</Error>',
    ]);
  });

  it('takes no proof that it does not name', async () => {
    const form = new URLSearchParams({ 'login[login]': ADMIN.login, 'login[password]': ADMIN.password });
    const signedIn = await fetch(`${url}/users/login`, { method: 'POST', body: form, redirect: 'manual' });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    expect((await fetch(`${url}/account`, { headers: { cookie } })).status).toBe(200);
    expect((await post('/toy/echo', { cookie })).status).toBe(401);
  });

  it('brings a proof of its own along, made of the body as it was sent', async () => {
    const signed = (body: string | Buffer, headers: Record<string, string> = {}) =>
      fetch(`${url}/toy/echo`, { method: 'POST', body, headers: { 'x-toy-signature': signatureOf(BODY), ...headers } });
    expect(await (await signed(BODY)).text()).toContain('<name>signer</name>');
    expect((await signed('Action=Stop')).status).toBe(401);
    expect((await signed('x'.repeat(1_001))).status).toBe(413);
    const packed = gzipSync(BODY);
    expect((await signed(packed, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('takes a body as a stream where it says so, however long', async () => {
    const init = { method: 'POST', body: 'x'.repeat(300_000), headers: { authorization } };
    expect(await (await fetch(`${url}/toy/stream`, init)).text()).toContain('<bytes>300000</bytes>');
  });

  it('tells that a query is not understood with the headers that all answers have', async () => {
    const response = await post('/toy/echo?bad');
    expect([response.status, await response.text()]).toEqual([400, '<Error>bad_request</Error>']);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('vary')).toContain('Origin');
  });

  it('is not read by pages of other origins unless it says so', async () => {
    const origin = 'https://other.example';
    const ours = await fetch(`${url}/api/v2/status`, { headers: { authorization, origin } });
    expect(ours.headers.get('access-control-allow-origin')).toBe(origin);
    const preflight = await fetch(`${url}/toy/echo`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

it('a route of no protocol serves nobody, not even the administrator', async () => {
  const response = await post('/of-no-protocol');
  expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('belongs to no protocol')]);
});
