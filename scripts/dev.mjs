// @ts-check
import { createRequire } from 'node:module';
import { watch } from 'node:fs';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { startService } from './service.mjs';
import { ensureNativeModules, ensureNodeModules, root } from './setup.mjs';

const require = createRequire(import.meta.url);
const folder = join(root, '.dev');
const settleMs = 50;
const settings = {
  DATABASE_URL: `sqlite:${join(folder, 'foreman-ovirt.sqlite')}`,
  ADMIN_PASSWORD: 'dev-admin-password',
  LOG_FORMAT: 'pretty',
  ...process.env,
};

/** What changed below one of these, by what has to be done before the service starts again. */
const reactions = {
  src: compileAll,
  migrations: compileAll,
  views: async () => undefined,
  assets: async () => (await import('./build-browser.mjs')).buildBrowser(),
  'ui-plugins': async () => (await import('./build-ui-plugins.mjs')).buildUiPlugins(),
};

/** Builds, starts the service on a database of its own, and starts it anew after each change. Types are the editor's business. */
async function main() {
  ensureNodeModules();
  await Promise.all([ensureNativeModules(), build()]);
  await mkdir(folder, { recursive: true });
  await rm(join(root, 'dist/.inputs'), { force: true }); // from now on dist/ is not what `build` made
  let service = await startService(settings);
  console.log(`${service.url} (admin, ${settings.ADMIN_PASSWORD}); changes start it anew.`);
  const left = new Map(); // what has not been built yet, since something did not compile
  for await (const changes of changed(Object.keys(reactions))) {
    const startedAt = performance.now();
    for (const [name, files] of changes) left.set(name, [...new Set([...(left.get(name) ?? []), ...files])]);
    try {
      for (const [name, files] of left) {
        await reactions[name](files.map((file) => join(name, file)));
        left.delete(name);
      }
      process.kill(service.pid, 'SIGKILL'); // what it acknowledged is stored; a stop in order takes a second
      await service.exited;
      service = await startService(settings);
      console.log(`Started anew in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
    } catch (error) {
      console.error(error.message);
    }
  }
}

/** Changed files by folder, as often as something changed since they were last asked for. */
async function* changed(names) {
  let changes = new Map();
  /** @type {(value?: unknown) => void} */
  let wake = () => undefined;
  for (const name of names)
    watch(join(root, name), { recursive: true }, (_event, file) => {
      changes.set(name, [...new Set([...(changes.get(name) ?? []), String(file)])]);
      wake();
    });
  for (;;) {
    if (changes.size === 0) await new Promise((resolve) => (wake = resolve));
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const all = changes;
    changes = new Map();
    yield all;
  }
}

/** Compiles those that are the service's; of one that is gone its output goes, too. */
async function compileAll(files) {
  const { transformFile } = require('@swc/core');
  /** @type {import('@swc/core').Options} */
  const options = require('./swc-options.cjs');
  for (const file of files) {
    if (!file.endsWith('.ts') || /\.(spec|fixture)\.ts$/.test(file)) continue;
    const output = join(root, 'dist', file.replace(/\.ts$/, '.js'));
    if (!(await isFile(join(root, file)))) {
      await rm(output, { force: true });
      continue;
    }
    const { code } = await transformFile(join(root, file), { ...options, sourceMaps: 'inline', swcrc: false });
    await mkdir(dirname(output), { recursive: true });
    await writeFile(output, code);
  }
}

async function isFile(path) {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
await main();
