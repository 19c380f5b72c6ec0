import { Argument, Command, Option } from 'commander';
import { z } from 'zod';
import { CliError, EXIT } from './cli-error';
import { askPassword } from './service/ask-password';
import {
  credentialsOf,
  print,
  reach,
  serviceCommand,
  withService,
  type Reached,
  type ServiceOptions,
} from './service/service-command';
import { NotSignedIn, type Credentials, type ServiceClient } from './service/service-client';

const PATH = '/api/v2/access_keys';

const Key = z.object({
  name: z.string(),
  access_key_id: z.string(),
  kind: z.string(),
  compute_resource: z.object({ name: z.string() }),
  read_only: z.boolean(),
  revoked: z.boolean(),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
});
const Keys = z.object({ results: z.array(Key) });
const Made = z.object({
  access_key: Key,
  secret_access_key: z.string(),
  session_token: z.string().optional(),
});

/** `foreman-ovirt keys create|list|revoke` */
export function keysCommand(): Command {
  return new Command('keys')
    .description('access keys, by which programs act in an engine')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

interface CreateOptions extends ServiceOptions {
  name: string;
  engine?: string;
  user?: string;
  temporary?: boolean;
  dataCenter?: string;
  readOnly?: boolean;
  expires?: string;
}

function createCommand(): Command {
  return serviceCommand('create', 'make a key; its secret is shown this once')
    .requiredOption('--name <name>', 'what it is for')
    .option('--engine <engine>', 'name or id of the engine’s compute resource; default: where you signed in')
    .option('--user <user>', 'the engine user whose key it is; default: who signed in')
    .addOption(
      new Option('--temporary', 'a key of the session that "login" began, and as long as that').conflicts('user'),
    )
    .option('--data-center <name>', 'name or id of the only data center it is for')
    .option('--read-only', 'it changes nothing')
    .option('--expires <when>', 'a day or an instant, such as 2027-12-31')
    .addHelpText(
      'after',
      `
The engine user's password is asked for on the terminal, or read from standard input; other credentials make no keys.
An engine whose sign-in wants a one-time password, too, can have temporary keys only.`,
    )
    .action(async (options: CreateOptions) => {
      const reached = await reach(options);
      const answer = await (options.temporary ? createTemporary : createLongLived)(options, reached);
      const made = Made.parse(answer);
      print(answer, options, () => [rowOf(made.access_key)]);
      if (options.json === true) return;
      const { access_key: key, secret_access_key: secret, session_token: token } = made;
      const lines = [`FOREMAN_OVIRT_ACCESS_KEY=${key.access_key_id}`, `FOREMAN_OVIRT_SECRET_KEY=${secret}`];
      if (token !== undefined) lines.push(`FOREMAN_OVIRT_SESSION_TOKEN=${token}`);
      process.stdout.write(`\n${lines.join('\n')}\n`);
    });
}

function createTemporary(options: CreateOptions, reached: Reached): Promise<unknown> {
  const { session, address } = reached;
  if (session === null)
    throw new CliError(EXIT.usage, 'A temporary key is one of a session: "foreman-ovirt login" first');
  const wanted = { ...wantedOf(options, session.engine), kind: 'temporary' };
  return withService(address, bearer(session), (service) => service.post(PATH, { access_key: wanted }));
}

/** Whoever knows the password may make the key: it signs in where no kept session lives, for as long as that takes. */
async function createLongLived(options: CreateOptions, { session, address }: Reached): Promise<unknown> {
  const { engine = session?.engine, user = session?.user } = options;
  if (engine === undefined || user === undefined)
    throw new CliError(EXIT.usage, 'Say whose key it is and where: --engine and --user');
  const password = await askPassword(`${user} at ${engine}`);
  const wanted = { ...wantedOf(options, engine), kind: 'long_lived', engine_user: user, engine_password: password };
  const create = (service: ServiceClient) => service.post(PATH, { access_key: wanted });
  try {
    if (session !== null) return await withService(address, bearer(session), create);
  } catch (error) {
    if (!(error instanceof NotSignedIn)) throw error;
  }
  const token = await withService(address, {}, (service) => service.login(engine, user, password));
  return withService(address, bearer({ token }), async (service) => {
    try {
      return await create(service);
    } finally {
      await service.post('/users/logout', {});
    }
  });
}

const wantedOf = ({ name, dataCenter, readOnly, expires }: CreateOptions, engine: string) => ({
  name,
  compute_resource_id: engine,
  data_center: dataCenter,
  read_only: readOnly,
  expires_at: expires,
});

const bearer = ({ token }: { token: string }): Credentials => ({ authorization: `Bearer ${token}` });

/** Keys are a person's: what programs act by comes after the session that was kept. */
const ownerOf = (options: ServiceOptions, reached: Reached): Credentials =>
  reached.session === null ? credentialsOf(options, reached) : bearer(reached.session);

function listCommand(): Command {
  return serviceCommand('list', 'list your keys').action(async (options: ServiceOptions) => {
    const reached = await reach(options);
    const credentials = ownerOf(options, reached);
    const answer = await withService(reached.address, credentials, (service) => service.get(`${PATH}?per_page=all`));
    print(answer, options, () => Keys.parse(answer).results.map(rowOf));
  });
}

function revokeCommand(): Command {
  return serviceCommand('revoke', 'end a key at once')
    .addArgument(new Argument('<key>', 'its access key id, or a name that one key has'))
    .action(async (key: string, options: ServiceOptions) => {
      const reached = await reach(options);
      const credentials = ownerOf(options, reached);
      const answer = await withService(reached.address, credentials, (service) =>
        service.put(`${PATH}/${encodeURIComponent(key)}`, { access_key: { revoked: true } }),
      );
      print(answer, options, () => [rowOf(Key.parse(answer))]);
    });
}

const rowOf = (key: z.output<typeof Key>) => ({
  name: key.name,
  'access key': key.access_key_id,
  engine: key.compute_resource.name,
  kind: key.kind.replace('_', '-'),
  state: key.revoked ? 'revoked' : key.read_only ? 'only reads' : 'active',
  expires: key.expires_at ?? 'never',
  'last used': key.last_used_at?.slice(0, 10) ?? 'never',
});
