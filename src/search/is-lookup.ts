import type { FieldDefinitions } from './field-definitions';
import type { SearchNode } from './search-node';

/** Values that a lookup may name. */
const MAX_VALUES = 20;

/** Whether a search does nothing but name the rows it wants: as quick as their number, whatever else there is. */
export function isLookup(node: SearchNode, fields: FieldDefinitions): boolean {
  return valuesNamed(node, fields) <= MAX_VALUES;
}

/** Infinity where rows are found by anything but what identifies them. */
function valuesNamed(node: SearchNode, fields: FieldDefinitions): number {
  if (node.kind === 'or') return node.nodes.reduce((sum, each) => sum + valuesNamed(each, fields), 0);
  const isOne = node.kind === 'compare' && node.operator === '=';
  if (!isOne && !(node.kind === 'list' && !node.negated)) return Infinity;
  const field = node.field === null ? undefined : fields.byName.get(node.field.text);
  if (field === undefined || field.type === 'keyValue' || field.identifies !== true) return Infinity;
  return node.kind === 'list' ? node.values.length : 1;
}
