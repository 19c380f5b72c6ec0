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
    ...['start.html', 'refused.html', 'refused.css'].map((file) =>
      cp(`${source}/files/${file}`, `${resources}/${file}`),
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

/** Builds the browser side of the webadmin stand-in into `dist/webadmin-stand-in`. */
export async function buildWebadminStandIn() {
  const webadmin = `${root}tools/engine-simulator/webadmin`;
  await build({
    entryPoints: [
      `${webadmin}/browser/main.ts`,
      `${webadmin}/browser/webadmin-3.css`,
      `${webadmin}/browser/webadmin-4.css`,
    ],
    outdir: `${root}dist/webadmin-stand-in`,
    bundle: true,
    target: 'es2020',
    external: ['*.woff', '*.woff2', '*.png', '*.svg'],
    logLevel: 'warning',
  });
}
