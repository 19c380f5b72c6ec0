import { invalid } from '../common/app-error';
import { storable } from '../database';
import type { Facts } from '../hosts';
import { isExcluded } from './excluded-facts';

const NAME_LENGTH = 1_000;
const DEPTH = 50;

/**
 * Facts as they are stored: nested names joined with `::`, values as text, lists as JSON; empty and excluded ones left
 * out (Foreman: structured_fact_importer.rb).
 * @throws AppError invalid naming `facts` for names too long or nesting too deep
 */
export function flattenFacts(tree: Readonly<Record<string, unknown>>): Facts {
  const facts = new Map<string, string>();
  collect(facts, '', tree, DEPTH);
  return facts;
}

function collect(facts: Map<string, string>, prefix: string, tree: object, depth: number): void {
  if (depth === 0) throw invalid('facts', `are nested too deeply at ${prefix.slice(0, 100)}`);
  for (const [key, value] of Object.entries(tree) as [string, unknown][]) {
    const name = prefix === '' ? key : `${prefix}::${key}`;
    if (name.length > NAME_LENGTH)
      throw invalid('facts', `have a name of more than ${NAME_LENGTH} characters: ${name.slice(0, 100)}…`);
    if (value === null || value === '' || isExcluded(name)) continue;
    if (typeof value === 'object' && !Array.isArray(value)) collect(facts, name, value, depth - 1);
    else facts.set(storable(name), storable(typeof value === 'string' ? value : JSON.stringify(value)));
  }
}
