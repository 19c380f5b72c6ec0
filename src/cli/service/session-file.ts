import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { CliError, EXIT } from '../cli-error';

/** What `login` keeps: whoever reads it is signed in. */
const KeptSession = z.object({
  /** Of the service, with its base path. */
  url: z.string(),
  /** As it was given: name or id. */
  engine: z.string(),
  user: z.string(),
  token: z.string(),
});
export type KeptSession = z.output<typeof KeptSession>;

/** `$XDG_CONFIG_HOME/foreman-ovirt/session.json`, else below `~/.config`. */
export function sessionFile(env = process.env): string {
  const given = env.XDG_CONFIG_HOME ?? '';
  const dir = path.isAbsolute(given) ? given : path.join(homedir(), '.config');
  return path.join(dir, 'foreman-ovirt', 'session.json');
}

/** Null when nobody signed in. @throws CliError for a file that is none of ours */
export async function keptSession(file = sessionFile()): Promise<KeptSession | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return KeptSession.parse(JSON.parse(text));
  } catch (cause) {
    throw new CliError(EXIT.usage, `${file} holds no session: remove it, or sign in again`, { cause });
  }
}

/** For this user's eyes alone, from its first byte on. */
export async function keepSession(session: KeptSession, file = sessionFile()): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  await rm(fresh, { force: true });
  await writeFile(fresh, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(fresh, file);
}
