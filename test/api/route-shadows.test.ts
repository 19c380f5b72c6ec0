import { startApp } from '../support/app';
import { routerLayers, type RouterLayer } from '../support/routes';

/** A path that the route has, with a word in place of each parameter. */
const exampleOf = (path: string) => path.replace(/[:*](\w+)/g, 'some-$1');

const methodOf = (route: string) => route.split(' ')[0];

/** Routes that are never reached, since one before them takes their paths. */
function shadowsIn(layers: readonly RouterLayer[]): string[] {
  return layers.flatMap(({ routes }, index) =>
    routes.flatMap((route) => {
      const [method, path = ''] = route.split(' ');
      const before = layers
        .slice(0, index)
        .find(
          (earlier) => earlier.routes.some((each) => methodOf(each) === method) && earlier.matches(exampleOf(path)),
        );
      return before === undefined ? [] : [`${route} is swallowed by ${before.routes.join(', ')}`];
    }),
  );
}

it('no route is swallowed by one before it', async () => {
  const app = await startApp();
  try {
    const layers = routerLayers(app);
    expect(shadowsIn(layers)).toEqual([]);
    // the other way round, the addresses of Foreman 1.1 swallow many
    expect(shadowsIn(layers.toReversed())).toContainEqual(expect.stringMatching(/swallowed by GET \/hosts\/:\w+$/));
  } finally {
    await app.close();
  }
});
