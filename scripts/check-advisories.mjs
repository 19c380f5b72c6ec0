// @ts-check
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

/** Fails when an advisory is known of a package that the service runs with. Where no registry tells, it says so. */
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-timeout=20000', '--fetch-retries=1'], {
  cwd: root,
  encoding: 'utf8',
});
const { vulnerabilities, message } = answer(stdout);
if (vulnerabilities === undefined) {
  console.log(`Skipped: the registry tells of no advisories (${message ?? 'no answer'}).`);
} else {
  const known = Object.values(vulnerabilities);
  for (const { name, severity, range, via } of known)
    console.error(`${severity}: ${name} ${range}: ${via.map((each) => each.title ?? `by way of ${each}`).join('; ')}`);
  if (known.length === 0) console.log('No advisory is known of what the service runs with.');
  else process.exitCode = 1;
}

function answer(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
