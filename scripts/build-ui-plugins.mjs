import { cp, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = `${root}ui-plugins/foreman`;
const out = `${root}dist/ui-plugins`;
const resources = `${out}/foreman-files`;

/**
 * Builds `dist/ui-plugins` as an engine expects it under `/usr/share/ovirt-engine/ui-plugins`: the descriptor
 * `foreman.json` and its files in `foreman-files/`.
 */
export async function buildUiPlugins() {
  await rm(out, { recursive: true, force: true });
  await mkdir(resources, { recursive: true });
  await Promise.all([
    cp(`${source}/files/foreman.json`, `${out}/foreman.json`),
    ...['start.html', 'notice.html', 'notice.css'].map((file) => cp(`${source}/files/${file}`, `${resources}/${file}`)),
    ...['OpenSans-Regular-webfont.woff2', 'OpenSans-Semibold-webfont.woff2'].map((font) =>
      cp(`${root}node_modules/patternfly/dist/fonts/${font}`, `${resources}/${font}`),
    ),
    build({
      entryPoints: [`${source}/src/main.ts`],
      outfile: `${resources}/foreman.js`,
      bundle: true,
      minify: true,
      target: 'es2017',
      logLevel: 'warning',
    }),
  ]);
}
