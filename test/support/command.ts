import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const COMMAND = join(__dirname, '../../dist/src/cli/foreman-ovirt.js');

export interface Ended {
  code: number | null;
  out: string;
  error: string;
}

/** Runs `foreman-ovirt` as a shell does, with nothing of this process's environment but its path. */
export async function command(
  args: string[],
  { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { PATH: process.env.PATH, ...env } });
  child.stdin.end(input);
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, out, error };
}
