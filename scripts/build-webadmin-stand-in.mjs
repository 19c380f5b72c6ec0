// @ts-check
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds the browser side of the webadmin stand-in into `dist-tools/webadmin-stand-in`. */
export async function buildWebadminStandIn() {
  const webadmin = `${root}tools/engine-simulator/webadmin`;
  await build({
    entryPoints: [
      `${webadmin}/browser/main.ts`,
      `${webadmin}/browser/webadmin-3.css`,
      `${webadmin}/browser/webadmin-4.css`,
    ],
    outdir: `${root}dist-tools/webadmin-stand-in`,
    bundle: true,
    target: 'es2020',
    external: ['*.woff', '*.woff2', '*.png', '*.svg'],
    logLevel: 'warning',
  });
}
