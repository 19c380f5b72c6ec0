// @ts-check
import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** PatternFly without its fonts, most of them in formats no browser asks for any more; ours are in assets/fonts.css. */
const withoutFonts = {
  name: 'patternfly-without-fonts',
  setup({ onLoad }) {
    onLoad({ filter: /patternfly\.css$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8')).replaceAll(/@font-face\s*\{[^}]*\}/g, ''),
      loader: 'css',
    }));
  },
};

/**
 * Bundles assets/ into `<outDir>` with content hashes in the names, so that they may be cached for ever, and writes
 * `<outDir>/manifest.json`: plain name → file, e.g. {"app.css": "app-5XJQ2LHB.css"}.
 */
export async function buildBrowser({ outDir = path.join(root, 'dist/public') } = {}) {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['assets/app.ts', 'assets/app.css'],
    outdir: outDir,
    bundle: true,
    minify: true,
    metafile: true,
    sourcemap: 'linked',
    target: ['chrome103', 'firefox102', 'safari16'],
    tsconfig: 'tsconfig.browser.json',
    entryNames: '[name]-[hash]',
    assetNames: 'fonts/[name]-[hash]',
    loader: { '.woff': 'file', '.woff2': 'file' },
    plugins: [withoutFonts],
    logLevel: 'warning',
  });
  const manifest = {};
  for (const [file, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
    const source = entryPoint ?? Object.keys(inputs)[0];
    if (file.endsWith('.map') || !source) continue;
    const name = entryPoint ? path.basename(source).replace(/\.ts$/, '.js') : path.basename(source);
    manifest[name] = path.relative(outDir, path.resolve(root, file)).split(path.sep).join('/');
  }
  await writeFile(path.join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildBrowser();
