import type { RunningApp } from './app';

interface Layer {
  route?: { path: string | string[]; stack: { method?: string }[] };
  match: (path: string) => boolean;
}

/** One route of the router, with all its methods and paths. */
export interface RouterLayer {
  /** `GET /hosts/:name/ovirt` */
  routes: string[];
  /** Whether a path is one of its, as the router decides. */
  matches: (path: string) => boolean;
}

/** Every route of the running app in the order in which the router tries them. */
export function routerLayers({ app }: RunningApp): RouterLayer[] {
  const { router } = (app.getHttpAdapter() as { getInstance(): unknown }).getInstance() as {
    router: { stack: Layer[] };
  };
  return router.stack.flatMap((layer) => {
    if (layer.route === undefined) return [];
    const methods = [...new Set(layer.route.stack.map(({ method }) => method ?? ''))];
    const routes = [layer.route.path]
      .flat()
      .flatMap((path) => methods.map((method) => `${method.toUpperCase()} ${path}`));
    return [{ routes, matches: (path) => layer.match(path) }];
  });
}

/** Every route of the running app once: `GET /hosts/:name/ovirt`. */
export function routesOf(app: RunningApp): string[] {
  return [...new Set(routerLayers(app).flatMap(({ routes }) => routes))].sort();
}
