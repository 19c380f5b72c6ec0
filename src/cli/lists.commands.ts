import { Command } from 'commander';
import { z } from 'zod';
import { CliError, EXIT } from './cli-error';
import {
  credentialsOf,
  print,
  reach,
  serviceCommand,
  withService,
  type ServiceOptions,
} from './service/service-command';
import type { ServiceClient } from './service/service-client';
import type { Row } from './service/table';

/** One of what forms that make virtual machines offer, asked as the caller. */
interface Listed {
  name: string;
  description: string;
  /** Below the compute resource. */
  path: string;
  rowOf: (item: unknown) => Row;
  /** Those of a data center alone, where one is named. */
  byDataCenter: boolean;
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const count = z
  .number()
  .nullish()
  .transform((value) => (value === undefined || value === null ? '' : String(value)));
const named = { id: z.string(), name: z.string() };

const DataCenter = z.object({ ...named, status: text });
const Cluster = z.object({
  ...named,
  architecture: text,
  version: text,
  data_center: z.object({ id: text }).nullish(),
});
const Template = z.object({ uuid: z.string(), name: z.string(), version: count, os: text, status: text });
const Domain = z.object({ ...named, storage_type: text, status: text, free_bytes: z.number().nullish() });

const LISTS: Listed[] = [
  {
    name: 'data-centers',
    description: 'data centers of an engine',
    path: 'available_data_centers',
    rowOf: (item) => DataCenter.transform(({ id, name, status }) => ({ name, status, id })).parse(item),
    byDataCenter: false,
  },
  {
    name: 'clusters',
    description: 'clusters that run virtual machines',
    path: 'available_clusters',
    rowOf: (item) => {
      const { id, name, version, architecture } = Cluster.parse(item);
      return { name, version, architecture, id };
    },
    byDataCenter: true,
  },
  {
    name: 'templates',
    description: 'templates that virtual machines are made of',
    path: 'available_images',
    rowOf: (item) => {
      const { uuid: id, name, version, os, status } = Template.parse(item);
      return { name, version, os, status, id };
    },
    byDataCenter: false,
  },
  {
    name: 'storage-domains',
    description: 'storage domains that hold disks',
    path: 'available_storage_domains',
    rowOf: (item) => {
      const { id, name, storage_type: type, status, free_bytes: free } = Domain.parse(item);
      return {
        name,
        type,
        status,
        free: free === undefined || free === null ? '' : `${Math.floor(free / 2 ** 30)} GiB`,
        id,
      };
    },
    byDataCenter: true,
  },
];
const List = z.object({ results: z.array(z.unknown()) });
const KeyPlace = z.object({ compute_resource: z.object({ id: z.number() }) });

interface ListOptions extends ServiceOptions {
  engine?: string;
  dataCenter?: string;
}

/** `foreman-ovirt data-centers|clusters|templates|storage-domains list` */
export function listCommands(): Command[] {
  return LISTS.map((listed) =>
    new Command(listed.name).description(listed.description).addCommand(listCommand(listed)),
  );
}

function listCommand(listed: Listed): Command {
  const command = serviceCommand('list', `list ${listed.description}, as far as you see them`).option(
    '--engine <engine>',
    'name or id of the engine’s compute resource; default: where you signed in, or what the key is for',
  );
  if (listed.byDataCenter) command.option('--data-center <name>', 'name or id of the data center they are of');
  return command.action(async (options: ListOptions) => {
    const reached = await reach(options);
    const credentials = credentialsOf(options, reached);
    const answer = await withService(reached.address, credentials, async (service) => {
      const engine = options.engine ?? (await placeOf(service, options)) ?? reached.session?.engine;
      if (engine === undefined) throw new CliError(EXIT.usage, 'Say which engine: --engine');
      const query = options.dataCenter === undefined ? '' : `?data_center=${encodeURIComponent(options.dataCenter)}`;
      return service.get(`/api/v2/compute_resources/${encodeURIComponent(engine)}/${listed.path}${query}`);
    });
    print(answer, options, () => List.parse(answer).results.map(listed.rowOf));
  });
}

/** What an access key is for. */
async function placeOf(service: ServiceClient, { accessKey }: ServiceOptions): Promise<string | undefined> {
  if (accessKey === undefined) return undefined;
  const key = KeyPlace.parse(await service.get(`/api/v2/access_keys/${encodeURIComponent(accessKey)}`));
  return String(key.compute_resource.id);
}
