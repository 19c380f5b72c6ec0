import { TextRange } from './search-error';
import { CompareOperator } from './tokenize';

/** A name or value, with its place in the text it was read from. */
export interface SearchTerm {
  text: string;
  at?: TextRange;
}

/**
 * A search as a tree. Compare trees without their `at`: two searches are the same whatever text they came from.
 * `field: null` is a prefix operator (`~ web`): any of the free-text fields. `and`/`or` hold at least two nodes and
 * never directly another of their own kind; `list` is `^`, or `!^` when negated, and holds at least one value.
 */
export type SearchNode =
  | { kind: 'and' | 'or'; nodes: readonly SearchNode[] }
  | { kind: 'not'; node: SearchNode }
  | { kind: 'word'; term: SearchTerm }
  | { kind: 'has' | 'null'; field: SearchTerm }
  | { kind: 'compare'; field: SearchTerm | null; operator: CompareOperator; value: SearchTerm; at?: TextRange }
  | { kind: 'list'; field: SearchTerm | null; negated: boolean; values: readonly SearchTerm[]; at?: TextRange };

/** All of the given searches; null (everything) adds no condition, and is the answer where no condition remains. */
export function allOf(...nodes: (SearchNode | null)[]): SearchNode | null {
  return joined(
    'and',
    nodes.filter((node) => node !== null),
  );
}

/** Any of the given searches; null (everything) among them makes it everything. */
export function anyOf(first: SearchNode | null, ...others: (SearchNode | null)[]): SearchNode | null {
  const nodes: SearchNode[] = [];
  for (const node of [first, ...others]) {
    if (node === null) return null;
    nodes.push(node);
  }
  return joined('or', nodes);
}

/** Everything the given search does not find, hosts without a value included. */
export function not(node: SearchNode): SearchNode {
  return { kind: 'not', node };
}

/** `compare('uuid', '=', id)`: the value is taken as it is, whatever characters it holds. */
export function compare(field: string, operator: CompareOperator, value: string): SearchNode {
  return { kind: 'compare', field: { text: field }, operator, value: { text: value } };
}

function joined(kind: 'and' | 'or', nodes: SearchNode[]): SearchNode | null {
  const flat = nodes.flatMap((node) => (node.kind === kind ? node.nodes : [node]));
  return flat.length > 1 ? { kind, nodes: flat } : (flat[0] ?? null);
}
