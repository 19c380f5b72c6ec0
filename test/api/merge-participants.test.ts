import { getMetadataArgsStorage } from 'typeorm';
import { ENTITIES } from '../../src/app.entities';
import { PersonMerges } from '../../src/auth';
import { EngineMerges } from '../../src/compute-resources';
import { startApp } from '../support/app';

it('every table that refers to an engine or a user is taken care of when two of them turn out to be one', async () => {
  const app = await startApp();
  try {
    const referring = (to: string) =>
      getMetadataArgsStorage()
        .relations.filter(({ target, type }) => ENTITIES.includes(target as never) && nameOf(type) === to)
        .map(({ target }) => getMetadataArgsStorage().tables.find((table) => table.target === target)?.name);
    const ofEngines = new Set([...app.app.get(EngineMerges).tables, 'compute_resources']); // its own room's
    const ofUsers = new Set([...app.app.get(PersonMerges).tables, 'compute_resources']); // forget who registered them
    expect(referring('Engine').filter((table) => !ofEngines.has(table ?? ''))).toEqual([]);
    expect(referring('User').filter((table) => !ofUsers.has(table ?? ''))).toEqual([]);
    expect([referring('Engine').length, referring('User').length]).toEqual([4, 6]);
  } finally {
    await app.close();
  }
});

/** Relations name their target as a text, or as a function that gives the class. */
function nameOf(type: unknown): string {
  return typeof type === 'function' ? ((type as () => { name: string })().name ?? '') : String(type);
}
