import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { parseCookie } from 'cookie';
import express, { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { readPlugins } from './descriptors';
import type { PageData } from './page-data';
import { personalityOf, type WebadminVersion } from './personality';
import { hostPage, startPage } from './host-page';
import type { WebadminEngine, WebadminUser } from './webadmin-engine';

export interface WebadminOptions {
  version: WebadminVersion;
  /** Directories of plugin descriptors, read anew for every page. */
  pluginDirs: string[];
  /** Directory of the administrator's `<plugin>-config.json` files. */
  userConfigDir?: string;
  /** What `buildWebadminStandIn()` has built. */
  assetsDir: string;
  engine: WebadminEngine;
  /** Told about plugins that are left out. */
  warn(text: string): void;
}

const Credentials = z.object({ user: z.string(), password: z.string() });
const cookieName = 'WEBADMINSESSION';

/** Webadmin as a browser sees it, to be mounted at the root: host page, plugin files, login and logout. */
export function webadminRouter(options: WebadminOptions): Router {
  const personality = personalityOf(options.version);
  const { context } = personality;
  const sessions = new Map<string, WebadminUser>();
  const plugins = () => readPlugins(options.pluginDirs, options.userConfigDir, (text) => options.warn(text));
  const userOf = (req: Request): WebadminUser | undefined => {
    const user = sessions.get(cookieIn(req));
    return user && options.engine.isAlive(user) ? user : undefined;
  };
  const endSession = async (req: Request): Promise<void> => {
    const user = userOf(req);
    sessions.delete(cookieIn(req));
    if (user) await options.engine.logout(user);
  };
  const router = Router();

  router.use(context, (_req, res, next) => {
    res.set('Cache-Control', 'no-cache');
    if (personality.frameOptions) res.set('X-Frame-Options', 'SAMEORIGIN');
    next();
  });
  if (personality.logout === 'leave') {
    router.get('/ovirt-engine', (_req, res) => void res.type('html').send(startPage(context)));
    router.get(`${context}/sso/logout`, async (req, res) => {
      await endSession(req);
      res.clearCookie(cookieName, { path: context }).redirect('/ovirt-engine/');
    });
  }
  router.get(['/', '/ovirt-engine', context], (_req, res) => res.redirect(`${context}/WebAdmin.html`));

  router.get(`${context}/WebAdmin.html`, async (req, res) => {
    const user = userOf(req);
    const locale = z.string().default('en_US').catch('en_US').parse(req.query.locale);
    const pluginDefinitions = (await plugins()).map(({ definition }) => definition);
    // Every signed-in user may read this page, as in webadmin: plugins keep no secret in their configuration.
    const [vms, lists] = await Promise.all([options.engine.vms(), options.engine.lists()]);
    const data: PageData = { personality, pluginDefinitions, user, locale, vms, lists };
    res.type('html').send(hostPage(data));
  });

  const files = express().set('etag', personality.etag);
  files.get(`${context}/plugin/:name/*path`, async (req, res) => {
    const plugin = (await plugins()).find(({ definition }) => definition.name === req.params.name);
    const file = z.array(z.string()).parse(req.params.path).join('/');
    if (!plugin?.resources) return void res.sendStatus(404);
    res.sendFile(file, { root: plugin.resources, cacheControl: false }, (error) => notFound(error, res));
  });

  router.use(files);

  router.post(`${context}/stand-in/login`, express.json(), async (req, res) => {
    const { user: name, password } = Credentials.parse(req.body);
    const user = await options.engine.login(name, password);
    if (!user) return void res.sendStatus(401);
    const id = randomUUID();
    sessions.set(id, user);
    res.cookie(cookieName, id, { path: context, httpOnly: true, sameSite: 'lax' }).json(user);
  });

  router.post(`${context}/stand-in/logout`, async (req, res) => {
    await endSession(req);
    res.clearCookie(cookieName, { path: context }).sendStatus(204);
  });

  router.use(`${context}/stand-in`, express.static(options.assetsDir));
  router.use(`${context}/theme`, express.static(join(dirname(require.resolve('patternfly/package.json')), 'dist')));
  return router;
}

function cookieIn(req: Request): string {
  return parseCookie(req.get('cookie') ?? '')[cookieName] ?? '';
}

function notFound(error: Error | undefined, res: Response): void {
  if (error && !res.headersSent) res.sendStatus(404);
}
