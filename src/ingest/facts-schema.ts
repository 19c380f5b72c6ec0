import { z } from 'zod';
import type { Facts } from '../hosts';

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Not `z.record`, which copies each of them. */
const Tree = z.custom<Tree>(isTree, 'must be an object of facts').meta({ type: 'object' });

/** What Puppet's and Ansible's clients post (Foreman: hosts_controller.rb facts). */
export const FactsUpload = z
  .object(
    {
      name: z.string("can't be blank"),
      certname: z.string('must be a text').nullish(),
      facts: Tree,
    },
    'must be an object with name and facts',
  )
  .transform(({ name, certname, facts }) => {
    const { _type: type, ansible_facts: ansible } = facts;
    const isAnsible = isTree(ansible) || (typeof type === 'string' && type.toLowerCase() === 'ansible');
    return {
      name,
      certname: certname ?? null,
      origin: isAnsible ? ('Ansible' as const) : ('Puppet' as const),
      tree: isTree(ansible) ? ansible : facts,
    };
  });
export type IncomingFacts = z.output<typeof FactsUpload>;

/** The same with its facts as they are stored. */
export interface FactsOfHost extends Omit<IncomingFacts, 'tree'> {
  facts: Facts;
}
