import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import { static as serveStatic } from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, logRequests } from './app.logger';
import { AppModule } from './app.module';
import { PACKAGE_ROOT, type AppConfig } from './config';
import {
  AllowedOrigins,
  ReplyAdapter,
  apiHeaders,
  basePath,
  configureHandlebars,
  cors,
  inOneLayer,
  queryParser,
  securityHeaders,
} from './web';

const YEAR_MS = 31_536_000_000;

/** The whole service, not yet listening: main.ts and the tests run the same app. */
export async function createApp(config: AppConfig): Promise<NestExpressApplication> {
  const { log, nestLogger } = createLogger(config.log);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config), new ReplyAdapter(), {
    bodyParser: false,
    logger: nestLogger,
    abortOnError: false,
    httpsOptions: tlsOf(config.listener),
  });
  setUpViews(app, config);
  app.set('trust proxy', config.web.trustProxy);
  app.set('query parser', queryParser());
  app.disable('x-powered-by');
  app.disable('etag');
  const allowedOrigins = app.get(AllowedOrigins);
  app.use(
    inOneLayer(
      logRequests(log),
      basePath(config.web.basePath),
      apiHeaders(),
      securityHeaders(),
      cors(allowedOrigins),
      cookieParser(),
    ),
  );
  app.use('/assets', serveStatic(publicDir, { index: false, maxAge: YEAR_MS, immutable: true, fallthrough: false }));
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
  return {
    cert: readFileSync(tls.certFile),
    key: readFileSync(tls.keyFile),
    ca: tls.clientCaFile === undefined ? undefined : readFileSync(tls.clientCaFile),
    requestCert: tls.clientCaFile !== undefined,
    rejectUnauthorized: false,
  };
}
