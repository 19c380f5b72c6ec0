// @ts-check
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { parse } from 'jsonc-parser';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = `${root}ui-plugins/shared/files`;
const fonts = `${root}node_modules/patternfly/dist/fonts`;

/**
 * Builds every plugin that has a folder: its descriptor and the directory of its files into `ui-plugins/`, as an engine
 * expects them under `/usr/share/ovirt-engine/ui-plugins`, and beside it `ui-plugins.json`, which lists them.
 *
 * @param {string} source the folders' parent; those without a plugin.json are no plugins
 * @param {string} out
 */
export async function buildUiPlugins(source = `${root}ui-plugins`, out = `${root}dist`) {
  await rm(`${out}/ui-plugins`, { recursive: true, force: true });
  const folders = (await readdir(source)).sort().map((name) => `${source}/${name}`);
  const manifests = await Promise.all(folders.map((folder) => readFile(`${folder}/plugin.json`, 'utf8').catch(noFile)));
  const plugins = await Promise.all(
    folders.flatMap((folder, i) =>
      manifests[i] === undefined ? [] : [buildPlugin(folder, JSON.parse(manifests[i]), `${out}/ui-plugins`)],
    ),
  );
  await writeFile(`${out}/ui-plugins.json`, JSON.stringify(plugins, null, 2));
}

/**
 * @param {string} folder
 * @param {import('../src/contracts/plugin-manifest.js').PluginManifest} manifest
 * @param {string} out
 */
async function buildPlugin(folder, manifest, out) {
  const { name, title } = manifest;
  const descriptor = `${name}.json`;
  const { name: given, url, resourcePath } = parse(await readFile(`${folder}/${descriptor}`, 'utf8'));
  if (given !== name || url !== `plugin/${name}/start.html` || !resourcePath)
    throw new Error(`${folder}/${descriptor}: its name, url or resourcePath is not that of the plugin ${name}`);

  const resources = `${out}/${resourcePath}`;
  await mkdir(resources, { recursive: true });
  const page = async (file) => {
    const text = await readFile(`${shared}/${file}`, 'utf8');
    return writeFile(`${resources}/${file}`, text.replaceAll('{{name}}', name).replaceAll('{{title}}', title));
  };
  await Promise.all([
    cp(`${folder}/${descriptor}`, `${out}/${descriptor}`),
    ...['start.html', 'notice.html'].map(page),
    cp(`${shared}/notice.css`, `${resources}/notice.css`),
    ...['OpenSans-Regular-webfont.woff2', 'OpenSans-Semibold-webfont.woff2'].map((font) =>
      cp(`${fonts}/${font}`, `${resources}/${font}`),
    ),
    build({
      entryPoints: [`${folder}/src/main.ts`],
      outfile: `${resources}/${name}.js`,
      bundle: true,
      minify: true,
      target: 'es2017',
      logLevel: 'warning',
    }),
  ]);
  return { ...manifest, descriptor, resources: resourcePath };
}

function noFile(error) {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
  return undefined;
}
