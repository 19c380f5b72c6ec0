import { SearchNode, SearchTerm } from './search-node';
import { tokenize } from './tokenize';

/** The search as text. Groups are always in parentheses, so that reading it gives the same tree. Everything is ''. */
export function printSearch(node: SearchNode | null): string {
  if (!node) return '';
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.map(printOperand).join(` ${node.kind} `);
    case 'not':
      return `not ${printOperand(node.node)}`;
    case 'word':
      return quoteTerm(node.term.text);
    case 'has':
      return `has ${quoteTerm(node.field.text)}`;
    case 'null':
      return `null? ${quoteTerm(node.field.text)}`;
    case 'compare':
      return `${printField(node.field)}${node.operator} ${quoteTerm(node.value.text)}`;
    case 'list':
      return `${printField(node.field)}${node.negated ? '!^' : '^'} (${node.values.map((value) => quoteTerm(value.text)).join(', ')})`;
  }
}

/** A name or value as one token: as it is where it reads as one word, else in quotes. */
export function quoteTerm(text: string): string {
  const [first, second] = tokenize(text);
  const oneWord = first?.kind === 'word' && first.text === text && !second;
  return oneWord ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const printOperand = (node: SearchNode): string =>
  node.kind === 'and' || node.kind === 'or' ? `(${printSearch(node)})` : printSearch(node);

const printField = (field: SearchTerm | null): string => (field ? `${quoteTerm(field.text)} ` : '');
