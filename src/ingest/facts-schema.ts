import { z } from 'zod';

const Tree = z.record(z.string(), z.unknown(), 'must be an object of facts');

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
    const { _type: type, ...tree } = facts;
    const ansible = Tree.safeParse(tree.ansible_facts);
    const isAnsible = ansible.success || (typeof type === 'string' && type.toLowerCase() === 'ansible');
    return {
      name,
      certname: certname ?? null,
      origin: isAnsible ? ('Ansible' as const) : ('Puppet' as const),
      tree: ansible.success ? ansible.data : tree,
    };
  });
export type IncomingFacts = z.output<typeof FactsUpload>;
