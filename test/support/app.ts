import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app.setup';
import { parseConfig } from '../../src/config';
import { makeDatabase } from './database';

export const ADMIN = { login: 'admin', password: 'correct-horse-battery' };
export const SECRET_KEY = 'test-key-test-key-test-key-test-key';

export const basic = (login: string, password: string): string =>
  `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;

/** A running service on a database of its own. */
export interface RunningApp {
  app: NestExpressApplication;
  /** For a second start on its database. */
  databaseUrl: string;
  /** `http://127.0.0.1:port` */
  origin: string;
  /** `origin` with the base path. */
  url: string;
  /** Fetches a path under the base path as the administrator; redirects are not followed. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** The same without credentials. */
  anonymous: (path: string, init?: RequestInit) => Promise<Response>;
  /** POSTs JSON as the administrator. */
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  close: () => Promise<void>;
}

/** Starts the service as main.ts does, with `env` over the defaults; `by` may put something between it and its database. */
export async function startApp(
  env: Record<string, string> = {},
  by: (databaseUrl: string) => string | Promise<string> = (url) => url,
): Promise<RunningApp> {
  const { url, drop } = await makeDatabase();
  const databaseUrl = await by(url);
  const config = parseConfig({
    DATABASE_URL: databaseUrl,
    SECRET_KEY,
    ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: 'silent',
    PORT: '0',
    ...env,
  });
  const app = await createApp(config);
  await app.listen(0, '127.0.0.1');
  const origin = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const base = `${origin}${config.web.basePath}`;
  const anonymous = (path: string, init: RequestInit = {}) => fetch(`${base}${path}`, { redirect: 'manual', ...init });
  const authorization = basic(ADMIN.login, ADMIN.password);
  const asAdmin = (path: string, init: RequestInit = {}) =>
    anonymous(path, { ...init, headers: { authorization, ...(init.headers as Record<string, string>) } });
  return {
    app,
    databaseUrl,
    origin,
    url: base,
    anonymous,
    fetch: asAdmin,
    post: (path, body, headers = {}) =>
      asAdmin(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    close: async () => {
      await app.close();
      await drop();
    },
  };
}
