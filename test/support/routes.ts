import type { RunningApp } from './app';

interface Layer {
  route?: { path: string | string[]; stack: { method?: string }[] };
}

/** Every route of the running app, from its router: `GET /hosts/:name/ovirt`. */
export function routesOf({ app }: RunningApp): string[] {
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  const routes = router.stack.flatMap(({ route }) => {
    const methods = new Set(route?.stack.map(({ method }) => method ?? '') ?? []);
    return [route?.path ?? []]
      .flat()
      .flatMap((path) => [...methods].map((method) => `${method.toUpperCase()} ${path}`));
  });
  return [...new Set(routes)].sort();
}
