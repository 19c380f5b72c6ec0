import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The tests of `folders` (jest.config.js) as one test file: the service's modules are loaded once for all of them,
 * which otherwise is half of what they cost. What is one for a process, such as the logger, they share.
 */
declare const folders: string[];

for (const folder of folders)
  for (const name of readdirSync(join(__dirname, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  ))
    describe(`${folder}/${name}`, () => {
      load(join(__dirname, folder, name));
    });

/** A file that cannot be loaded fails alone. */
function load(path: string): void {
  try {
    jest.requireActual(path);
  } catch (error) {
    it('can be loaded', () => {
      expect(() => {
        throw error;
      }).not.toThrow();
    });
  }
}

/** One timeout for all, since the files that set one set that of this file. */
jest.setTimeout(120_000);
