import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import { static as serveStatic } from 'express';
import { Logger } from 'nestjs-pino';
import { join } from 'node:path';
import { PACKAGE_ROOT, type AppConfig } from './config';
import { basePath, configureHandlebars, securityHeaders } from './web';

const YEAR_S = 31_536_000;

/** What stands around the routes: main.ts and the tests run the same app. */
export function setUp(app: NestExpressApplication, config: AppConfig): void {
  const viewsDir = join(PACKAGE_ROOT, 'views');
  const publicDir = join(PACKAGE_ROOT, 'dist', 'public');
  const views = configureHandlebars({ viewsDir, publicDir, basePath: config.web.basePath });
  app.useLogger(app.get(Logger));
  app.set('trust proxy', config.web.trustProxy);
  app.disable('x-powered-by');
  app.disable('etag');
  app.engine('hbs', views.__express.bind(views));
  app.setViewEngine('hbs');
  app.setBaseViewsDir(viewsDir);
  app.set('view options', { layout: 'layouts/ovirt' });
  app.enable('view cache');
  app.set('query parser', 'extended');
  app.use(basePath(config.web.basePath));
  app.use(
    '/assets',
    serveStatic(publicDir, { index: false, maxAge: YEAR_S * 1000, immutable: true, fallthrough: false }),
  );
  app.use(securityHeaders());
  app.use(cookieParser());
  app.enableShutdownHooks();
}
