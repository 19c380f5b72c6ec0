import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import hbs from 'hbs';
import { z } from 'zod';

const Manifest = z.record(z.string(), z.string());

export interface ViewFolders {
  /** Holds the templates, and `partials/`. */
  viewsDir: string;
  /** What scripts/build-browser.mjs wrote, with `manifest.json`. */
  publicDir: string;
  /** E.g. `/foreman`. */
  basePath: string;
}

function readManifest(publicDir: string): z.infer<typeof Manifest> {
  const file = path.join(publicDir, 'manifest.json');
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} cannot be read: build the pages' scripts and styles with "npm run build"`, { cause });
  }
}

/**
 * A view engine with our partials and two helpers: `asset` ("app.css" → its address with the content hash) and `json`
 * (for `data-*` attributes). Throws when the assets are not built or a template asks for one that does not exist.
 */
export function configureHandlebars({ viewsDir, publicDir, basePath }: ViewFolders): ReturnType<typeof hbs.create> {
  const engine = hbs.create();
  const manifest = readManifest(publicDir);
  const partials = path.join(viewsDir, 'partials');
  for (const file of readdirSync(partials)) {
    engine.registerPartial(path.basename(file, '.hbs'), readFileSync(path.join(partials, file), 'utf8').trimEnd());
  }
  engine.registerHelper('asset', (name: string) => {
    const file = manifest[name];
    if (file === undefined) throw new Error(`no asset is called ${name}`);
    return `${basePath}/assets/${file}`;
  });
  engine.registerHelper('json', (value: unknown) => JSON.stringify(value));
  return engine;
}
