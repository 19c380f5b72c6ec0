import { Logger, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { static as serveStatic } from 'express';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { join } from 'node:path';
import { createLogger, logRequests } from './app.logger';
import { AppModule } from './app.module';
import { ConfigError, PACKAGE_ROOT, PACKAGE_VERSION, type AppConfig } from './config';
import {
  AllowedOrigins,
  Protocols,
  ReplyAdapter,
  basePath,
  cors,
  inOneLayer,
  ownQuery,
  securityHeaders,
  speak,
  strictQuery,
} from './web';
import { configureHandlebars } from './view-kit';

const YEAR_MS = 31_536_000_000;

/**
 * The whole service, not yet listening: main.ts and the tests run the same app.
 *
 * @param root the module with all rooms
 */
export async function createApp(
  config: AppConfig,
  root: DynamicModule | Type = AppModule.forRoot(config),
): Promise<NestExpressApplication> {
  const { log, nestLogger } = createLogger(config.log);
  const app = await NestFactory.create<NestExpressApplication>(root, new ReplyAdapter(), {
    bodyParser: false,
    logger: nestLogger,
    abortOnError: false,
    httpsOptions: tlsOf(config.listener),
  });
  setUpViews(app, config);
  app.set('trust proxy', config.web.trustProxy);
  const query = strictQuery();
  app.set('query parser', query.parser);
  app.disable('x-powered-by');
  app.disable('etag');
  const allowedOrigins = app.get(AllowedOrigins);
  const protocols = app.get(Protocols);
  app.use(
    inOneLayer(
      logRequests(log),
      basePath(config.web.basePath, protocols),
      speak(protocols),
      securityHeaders(),
      cors(allowedOrigins, protocols),
      ownQuery,
      query.check,
    ),
  );
  app.use(
    '/assets',
    serveStatic(publicDir, { index: false, maxAge: YEAR_MS, immutable: true, fallthrough: false, redirect: false }),
  );
  app.enableShutdownHooks();
  return app;
}

const publicDir = join(PACKAGE_ROOT, 'dist', 'public');

function setUpViews(app: NestExpressApplication, config: AppConfig): void {
  const viewsDir = join(PACKAGE_ROOT, 'views');
  const views = configureHandlebars({ viewsDir, publicDir, basePath: config.web.basePath });
  app.engine('hbs', views.__express.bind(views));
  app.setViewEngine('hbs');
  app.setBaseViewsDir(viewsDir);
  app.set('view options', { layout: 'layouts/ovirt' });
  app.enable('view cache');
}

/** Callers without a certificate may have other credentials: TLS accepts them, and the guard decides. */
function tlsOf({ tls }: AppConfig['listener']) {
  if (tls === null) return undefined;
  const files = {
    cert: pemFile('TLS_CERT_FILE', tls.certFile),
    key: pemFile('TLS_KEY_FILE', tls.keyFile),
    ca: tls.clientCaFile === undefined ? undefined : pemFile('TLS_CLIENT_CA_FILE', tls.clientCaFile),
  };
  try {
    createSecureContext(files);
  } catch (cause) {
    throw new ConfigError(
      `TLS_CERT_FILE, TLS_KEY_FILE: cannot be used together: ${reasonOf(cause)}; expected a certificate chain and its key`,
      { cause },
    );
  }
  return { ...files, requestCert: tls.clientCaFile !== undefined, rejectUnauthorized: false };
}

function pemFile(variable: string, path: string): Buffer {
  try {
    const content = readFileSync(path);
    if (content.includes('-----BEGIN ')) return content;
  } catch (cause) {
    throw new ConfigError(`${variable}: cannot read "${path}": ${reasonOf(cause)}; expected a PEM file`, { cause });
  }
  throw new ConfigError(`${variable}: "${path}" is not in PEM form; expected a file with -----BEGIN … lines`);
}

const LISTEN_FAULTS: Record<string, (listener: AppConfig['listener']) => string> = {
  EADDRINUSE: ({ host, port }) => `PORT: ${port} of ${host} is taken by another process; expected a free port`,
  EACCES: ({ port }) => `PORT: ${port} is only for root; expected a port from 1024 on`,
  EADDRNOTAVAIL: ({ host }) => `HOST: "${host}" is no address of this machine; expected one, or 0.0.0.0 for all`,
  ENOTFOUND: ({ host }) => `HOST: "${host}" cannot be resolved; expected an address of this machine`,
};

/** @throws ConfigError when HOST and PORT cannot be listened on */
export async function listen(app: NestExpressApplication, { listener, web }: AppConfig): Promise<void> {
  try {
    await app.listen(listener.port, listener.host);
    new Logger('Service').log(`foreman-ovirt ${PACKAGE_VERSION} listens on ${await app.getUrl()}${web.basePath}`);
  } catch (cause) {
    await app.close();
    const fault = LISTEN_FAULTS[String((cause as NodeJS.ErrnoException).code)];
    throw fault === undefined ? cause : new ConfigError(fault(listener), { cause });
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
