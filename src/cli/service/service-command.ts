import { Command, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { CliError, EXIT } from '../cli-error';
import { ServiceClient, type Credentials, type ServiceAddress } from './service-client';
import { keptSession, type KeptSession } from './session-file';
import { tableOf, type Row } from './table';

/** Of every command that asks a running service. */
export interface ServiceOptions {
  url?: string;
  accessKey?: string;
  cacert?: string;
  json?: boolean;
}

/** A command that asks a running service. */
export function serviceCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(
      new Option('--url <url>', 'the service with its base path; default: where you signed in').env(
        'FOREMAN_OVIRT_URL',
      ),
    )
    .addOption(
      new Option('--access-key <id>', 'act by this key, its secret being in FOREMAN_OVIRT_SECRET_KEY').env(
        'FOREMAN_OVIRT_ACCESS_KEY',
      ),
    )
    .option('--cacert <file>', "PEM of the authority of the service's certificate")
    .option('--json', "print the API's JSON");
}

/** How the service is reached, and what was kept of a sign-in there. */
export interface Reached {
  address: ServiceAddress;
  session: KeptSession | null;
}

/** @throws CliError usage */
export async function reach({ url, cacert }: ServiceOptions): Promise<Reached> {
  const kept = await keptSession();
  const address = addressOf(url ?? kept?.url);
  const ca = cacert === undefined ? {} : { ca: pemIn(cacert) };
  return { address: { url: address, ...ca }, session: kept?.url === address ? kept : null };
}

/**
 * What proves who asks: a key, a token, or the sign-in that was kept, in this order.
 * @throws CliError usage where there is none
 */
export function credentialsOf({ accessKey }: ServiceOptions, { session }: Reached, env = process.env): Credentials {
  if (accessKey !== undefined) return byKey(accessKey, env);
  const token = env.FOREMAN_OVIRT_TOKEN ?? session?.token;
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  throw new CliError(
    EXIT.usage,
    'Sign in with "foreman-ovirt login", or set FOREMAN_OVIRT_ACCESS_KEY and FOREMAN_OVIRT_SECRET_KEY',
  );
}

/** Runs `work` with a client of the service, whose connections end with it. */
export async function withService<T>(
  address: ServiceAddress,
  credentials: Credentials,
  work: (service: ServiceClient) => Promise<T>,
): Promise<T> {
  const service = new ServiceClient(address, credentials);
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}

/** The API's JSON where it was asked for, else rows for people. */
export function print(answer: unknown, { json }: ServiceOptions, rows: () => Row[]): void {
  process.stdout.write(json === true ? `${JSON.stringify(answer, null, 2)}\n` : tableOf(rows()));
}

function byKey(accessKey: string, env: NodeJS.ProcessEnv): Credentials {
  const secret = env.FOREMAN_OVIRT_SECRET_KEY;
  if (!secret) throw new CliError(EXIT.usage, 'Set FOREMAN_OVIRT_SECRET_KEY to the secret of the access key');
  const sessionToken = env.FOREMAN_OVIRT_SESSION_TOKEN;
  return {
    authorization: `Basic ${Buffer.from(`${accessKey}:${secret}`).toString('base64')}`,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
  };
}

function addressOf(text: string | undefined): string {
  if (text === undefined) throw new CliError(EXIT.usage, 'Say where the service is: --url or FOREMAN_OVIRT_URL');
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '')
    throw new CliError(EXIT.usage, 'The address of the service must look like https://engine.example.com/foreman');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function pemIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CliError(EXIT.usage, `Cannot read ${file}`, { cause });
  }
}
