import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CliError, EXIT } from '../cli-error';

/**
 * A password from the terminal, which does not show it, or from standard input where that is none.
 * @param of what it is the password of
 */
export async function askPassword(of: string): Promise<string> {
  const password = process.stdin.isTTY ? await typed(of) : (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password === '')
    throw new CliError(EXIT.usage, `The password of ${of} is read from standard input: it was empty`);
  return password;
}

function typed(of: string): Promise<string> {
  process.stderr.write(`Password of ${of}: `);
  const dark = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: dark, terminal: true });
  return new Promise((resolve, reject) => {
    lines.once('SIGINT', () => reject(new CliError(EXIT.interrupted, 'Interrupted')));
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  }).finally(() => {
    lines.close();
    process.stderr.write('\n');
  }) as Promise<string>;
}
