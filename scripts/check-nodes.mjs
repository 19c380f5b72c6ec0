// @ts-check
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './setup.mjs';

/** The oldest that package.json admits, and the newest of those that are supported. */
const VERSIONS = ['20.19.0', '22', '24'];

/**
 * Builds, tests on SQLite and starts a copy of the tracked files with each version of Node.js, which npm's packages of its
 * runtimes bring along. What is installed here stays as it is, since SQLite's driver is compiled for one version.
 *
 * @param {string[]} versions
 * @throws Error of the first that fails; its messages stand above
 */
function main(versions) {
  for (const version of versions) {
    const folder = mkdtempSync(join(tmpdir(), `foreman-ovirt-node-${version}-`));
    try {
      checkWith(version, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function checkWith(version, folder) {
  const runtime = `node-${process.platform}-${process.arch}`;
  execFileSync('npm', ['install', '--silent', '--prefix', join(folder, 'runtime'), `${runtime}@${version}`]);
  const bin = join(folder, 'runtime/node_modules', runtime, 'bin');
  const project = join(folder, 'project');
  copyTracked(project);
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  const run = (program, ...args) => execFileSync(program, args, { cwd: project, env, stdio: 'inherit' });
  console.log(`Node.js ${execFileSync(join(bin, 'node'), ['--version'])}`);
  run('npm', 'ci', '--ignore-scripts', '--loglevel=error');
  run('node', '-e', "import('./scripts/setup.mjs').then(({ ensureNativeModules }) => ensureNativeModules())");
  run('node', 'scripts/build.mjs');
  run('npx', 'jest', '--silent', '--runInBand', '--selectProjects', 'unit', 'service');
  run('node', '--input-type=module', '--eval', START);
}

/** The service alone, on a database of its own, until it says that it is ready. */
const START = `
  import { startService } from './scripts/service.mjs';
  const service = await startService({ PORT: '3993', DATABASE_URL: 'sqlite:started.sqlite' });
  const { status } = await fetch(service.url + '/readyz');
  await service.stop();
  if (status !== 200) throw new Error('readyz: ' + status);
`;

function copyTracked(to) {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of listed.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file));
  }
}

main(process.argv.length > 2 ? process.argv.slice(2) : VERSIONS);
