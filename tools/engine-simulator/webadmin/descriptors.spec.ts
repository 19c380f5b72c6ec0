import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseWithComments, readPlugins } from './descriptors';

describe('parseWithComments', () => {
  it('leaves out comments, but not what looks like one inside a text', () => {
    const text = '{ // one\n "a": "http://x/*y*/\\"//", /* two\n lines */ "b": [1] }';

    expect(parseWithComments(text)).toEqual({ a: 'http://x/*y*/"//', b: [1] });
  });

  it.each(['{"a":1,}', "{'a':1}", '{"a":1 /* open}', '\uFEFF{}'])('refuses %j', (text) => {
    expect(() => parseWithComments(text)).toThrow(SyntaxError);
  });
});

describe('readPlugins', () => {
  let dir: string;
  const put = (file: string, content: unknown): Promise<void> =>
    writeFile(join(dir, file), typeof content === 'string' ? content : JSON.stringify(content));

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'plugins-'));
    await mkdir(join(dir, 'etc'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const read = (warn: (text: string) => void = () => undefined) => readPlugins([dir], join(dir, 'etc'), warn);

  it('replaces top-level keys of the configuration as a whole, and nothing outside of it', async () => {
    await put('p.json', {
      name: 'p',
      url: 'u',
      resourcePath: 'r',
      config: { keep: 1, list: [1, 2], deep: { a: 1, b: 2 } },
    });
    await put('etc/p-config.json', '// mine\n{ "config": { "list": [3], "deep": { "b": 9 } }, "name": "other" }');
    const [plugin] = await read();

    expect(plugin).toMatchObject({
      definition: { name: 'p', enabled: true, lazyLoad: true, config: { keep: 1, list: [3], deep: { b: 9 } } },
      resources: join(dir, 'r'),
    });
    expect(plugin?.definition.config).toEqual({ keep: 1, list: [3], deep: { b: 9 } });
  });

  it('goes by the order and the enabled flag of the user configuration', async () => {
    await put('a.json', { name: 'a', url: 'u' });
    await put('b.json', { name: 'b', url: 'u' });
    await put('c.json', { name: 'c', url: 'u' });
    await put('etc/c-config.json', { order: 1 });
    await put('etc/b-config.json', { order: 2, enabled: false });

    const plugins = (await read()).map(({ definition: { name, enabled } }) => [name, enabled]);
    expect(plugins).toEqual([
      ['c', true],
      ['b', false],
      ['a', true],
    ]);
  });

  it.each([
    ['no name', { url: 'u' }, {}],
    ['a blank url', { name: 'p', url: ' ' }, {}],
    ['a configuration that is no object', { name: 'p', url: 'u', config: 'x' }, {}],
    ['broken JSON', '{"name": ', {}],
    ['a wrong type in the user configuration', { name: 'p', url: 'u' }, { enabled: 'yes' }],
  ])('leaves a plugin with %s out, with a warning', async (_, descriptor, userConfig) => {
    await put('p.json', descriptor);
    await put('etc/p-config.json', userConfig);
    const warn = jest.fn();

    expect(await read(warn)).toEqual([]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('p.json'));
  });
});
