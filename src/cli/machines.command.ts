import { Command } from 'commander';
import { z } from 'zod';
import { Operation, follow, operationRow } from './service/followed-operation';
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

const PATH = '/api/v2/virtual_machines';

const Machine = z.object({
  id: z.number(),
  vm_name: z.string(),
  state: z.string(),
  addresses: z.array(z.string()),
  owner: z.object({ login: z.string() }),
  image: z.string(),
  compute_resource: z.object({ name: z.string() }),
});
const List = z.object({ results: z.array(Machine) });
const Begun = z.object({ operation: Operation });

interface ListOptions extends ServiceOptions {
  search?: string;
  unowned?: boolean;
}
interface ActOptions extends ServiceOptions {
  wait: boolean;
  keepDisks?: boolean;
}

/** `foreman-ovirt machines list|start|shutdown|stop|remove` */
export function machinesCommand(): Command {
  const remove = act('remove', 'stop a machine and remove it with its disks', (service, machine, { keepDisks }) =>
    service.delete(`${PATH}/${machine}${keepDisks === true ? '?keep_disks=true' : ''}`),
  ).option('--keep-disks', 'leave its disks in the engine');
  return new Command('machines')
    .description('virtual machines that were launched here')
    .addCommand(listCommand())
    .addCommand(power('start', 'start a machine'))
    .addCommand(power('shutdown', 'ask the guest of a machine to shut down'))
    .addCommand(power('stop', 'stop a machine at once'))
    .addCommand(remove);
}

function listCommand(): Command {
  return serviceCommand('list', 'list machines, the newest first')
    .option('--search <search>', 'such as "state = up"', '')
    .option('--unowned', 'those that nobody owns any more')
    .action(async (options: ListOptions) => {
      const query = new URLSearchParams({ search: options.search ?? '', unowned: String(options.unowned === true) });
      const reached = await reach(options);
      const answer = await withService(reached.address, credentialsOf(options, reached), (service) =>
        service.get(`${PATH}?${query.toString()}`),
      );
      print(answer, options, () => List.parse(answer).results.map(rowOf));
    });
}

const power = (verb: string, description: string) =>
  act(verb, description, (service, machine) => service.post(`${PATH}/${machine}/${verb}`, {}));

function act(
  name: string,
  description: string,
  begin: (service: ServiceClient, machine: string, options: ActOptions) => Promise<unknown>,
): Command {
  return serviceCommand(name, description)
    .argument('<machine>', 'its id or name')
    .option('--no-wait', 'return as soon as it is begun')
    .action(async (machine: string, options: ActOptions) => {
      const reached = await reach(options);
      const answer = await withService(reached.address, credentialsOf(options, reached), async (service) => {
        const begun = await begin(service, encodeURIComponent(machine), options);
        return options.wait ? follow(service, Begun.parse(begun).operation.id) : begun;
      });
      const operation = options.wait ? Operation.parse(answer) : Begun.parse(answer).operation;
      print(answer, options, () => [operationRow(operation)]);
    });
}

function rowOf({
  id,
  vm_name: name,
  state,
  addresses,
  owner,
  image,
  compute_resource: engine,
}: z.output<typeof Machine>): Row {
  return {
    name,
    state,
    addresses: addresses.join(' '),
    owner: owner.login,
    image,
    engine: engine.name,
    id: String(id),
  };
}
