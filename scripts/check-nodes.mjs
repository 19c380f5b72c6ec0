// @ts-check
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './setup.mjs';

const supported = ['20', '22', '24'];

/** Builds and tests the service on each supported Node.js, and starts it; `npm run check:nodes -- 22` on one alone. */
async function main(versions) {
  const failed = [];
  for (const version of versions) {
    try {
      await check(version);
    } catch (error) {
      console.log(`Node.js ${version}: ${error.message}`);
      failed.push(version);
    }
  }
  console.log(
    failed.length > 0 ? `Failed on Node.js ${failed.join(', ')}.` : `Works on Node.js ${versions.join(', ')}.`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}

const start = `import { startService } from './scripts/service.mjs';
  const service = await startService({ PORT: '3998', DATABASE_URL: 'sqlite:check.sqlite', LOG_LEVEL: 'warn' });
  await service.stop();`;

/**
 * In a copy of the working tree with packages of its own: what is compiled fits one Node.js alone.
 *
 * @param {string} version the newest that begins so is taken
 * @throws Error when a step fails; what it said stands above
 */
async function check(version) {
  const folder = mkdtempSync(join(tmpdir(), `foreman-ovirt-node-${version}-`));
  const tree = join(folder, 'tree');
  const runtime = join(folder, 'node_modules', runtimePackage);
  const env = {
    ...process.env,
    PATH: [join(runtime, 'bin'), process.env.PATH].join(delimiter),
    npm_config_nodedir: runtime, // its headers
  };
  const run = async (program, ...args) => {
    const [code] = await once(spawn(program, args, { cwd: tree, env, stdio: 'inherit' }), 'close');
    if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${code}`);
  };
  try {
    execFileSync('npm', ['install', '--prefix', folder, '--no-save', `${runtimePackage}@${version}`]);
    copyTree(tree);
    await run('node', '--print', '`Node.js ${process.version}`');
    await run('npm', 'ci');
    await run('npm', 'run', 'build');
    await run('npx', 'jest', '--silent', '--selectProjects', 'unit', 'plugins', 'service');
    await run('node', '--input-type=module', '--eval', start);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** npm's package of Node.js for this machine: the program and its headers. */
const runtimePackage = `node-${process.platform}-${process.arch}`;

/** What git knows or would add. */
function copyTree(to) {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of String(files)
    .split('\0')
    .filter((name) => name && existsSync(join(root, name))))
    cpSync(join(root, file), join(to, file));
}

await main(process.argv.length > 2 ? process.argv.slice(2) : supported);
