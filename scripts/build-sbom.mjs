// @ts-check
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './setup.mjs';

/** Writes `dist/sbom.cdx.json`: every package that the service runs with, as CycloneDX, from the lock file alone. */
export async function buildSbom() {
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--omit=dev', '--package-lock-only'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  await writeFile(join(root, 'dist/sbom.cdx.json'), stdout);
}
