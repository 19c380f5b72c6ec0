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

const PATH = '/api/v2/operations';
const List = z.object({ results: z.array(Operation) });

interface ListOptions extends ServiceOptions {
  search?: string;
}

/** `foreman-ovirt operations list|show|cancel|wait` */
export function operationsCommand(): Command {
  return new Command('operations')
    .description('what takes longer than a moment: launches, imports, syncs')
    .addCommand(listCommand())
    .addCommand(one('show', 'show an operation', (service, id) => service.get(`${PATH}/${id}`)))
    .addCommand(
      one('cancel', 'cancel an operation; what it made is removed', (service, id) =>
        service.post(`${PATH}/${id}/cancel`, {}),
      ),
    )
    .addCommand(one('wait', 'wait until an operation is over', follow));
}

function listCommand(): Command {
  return serviceCommand('list', 'list operations, the newest first')
    .option('--search <search>', 'such as "state = failed"', '')
    .action(async (options: ListOptions) => {
      const answer = await asked(options, (service) =>
        service.get(`${PATH}?search=${encodeURIComponent(options.search ?? '')}`),
      );
      print(answer, options, () => List.parse(answer).results.map(operationRow));
    });
}

function one(
  name: string,
  description: string,
  ask: (service: ServiceClient, id: string) => Promise<unknown>,
): Command {
  return serviceCommand(name, description)
    .argument('<id>', 'of the operation')
    .action(async (id: string, options: ServiceOptions) => {
      const answer = await asked(options, (service) => ask(service, encodeURIComponent(id)));
      print(answer, options, () => [operationRow(Operation.parse(answer))]);
    });
}

async function asked(options: ServiceOptions, ask: (service: ServiceClient) => Promise<unknown>): Promise<unknown> {
  const reached = await reach(options);
  return withService(reached.address, credentialsOf(options, reached), ask);
}
