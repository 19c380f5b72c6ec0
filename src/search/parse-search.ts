import { LRUCache } from 'lru-cache';
import { searchError, TextRange } from './search-error';
import { allOf, anyOf, not, SearchNode, SearchTerm } from './search-node';
import { Token, tokenize } from './tokenize';

export const MAX_SEARCH_LENGTH = 4096;
/** Conditions in one search; the values of a list count as one condition. */
export const MAX_SEARCH_TERMS = 100;
/** In all lists of one search together. */
export const MAX_LIST_VALUES = 300;
/** Nesting of groups and negations, written or following from `a and b or c` = `a and (b or c)`. */
export const MAX_SEARCH_DEPTH = 100;

const QUOTE_IT = 'put it in double quotes to search for the word itself';
// Everything invisible but white space, and halves of surrogate pairs: no host has them and PostgreSQL refuses some.
const UNSEARCHABLE = /(?![\t\n\v\f\r])[\p{Cc}\p{Cs}]/u;

/**
 * Reads a search text. null = no condition = everything.
 * Throws `search_syntax` with position and remedy; nothing of a text is ever dropped silently.
 */
export function parseSearch(text: string): SearchNode | null {
  const known = remembered.get(text);
  if (known !== undefined) return known.node;
  checkText(text);
  const tokens = tokenize(text);
  const node = tokens.length ? new Parser(tokens).parse() : null;
  remembered.set(text, { node });
  return node;
}

/** Links, saved searches and scripts ask the same again and again; trees are never changed. */
const remembered = new LRUCache<string, { node: SearchNode | null }>({ max: 500 });

/** Throws `search_syntax` for a text that is too long or holds what cannot be searched for. */
export function checkText(text: string): void {
  if (text.length > MAX_SEARCH_LENGTH) {
    throw searchError(
      `The search is ${text.length} characters long, at most ${MAX_SEARCH_LENGTH} are allowed; make it shorter`,
      { start: MAX_SEARCH_LENGTH, end: text.length },
    );
  }
  const bad = UNSEARCHABLE.exec(text);
  if (bad) {
    throw searchError('The search contains a control character; remove it', { start: bad.index, end: bad.index + 1 });
  }
}

/** Recursive descent over the grammar of docs/search.md; recursion is bounded by MAX_SEARCH_DEPTH. */
class Parser {
  private index = 0;
  private terms = 0;
  private listed = 0;
  private depth = 0;

  constructor(private readonly tokens: Token[]) {}

  parse(): SearchNode | null {
    const node = this.sequence();
    const rest = this.peek();
    if (rest) throw searchError("This ')' closes nothing; remove it or add the '(' it belongs to", rest);
    if (!node) throw searchError('Nothing to search for; remove the comma', this.tokens[0]);
    if (depthOf(node) > MAX_SEARCH_DEPTH) throw tooDeep(this.tokens[0]);
    return node;
  }

  /** Conditions side by side or after commas: all of them, binding weaker than and/or. */
  private sequence(): SearchNode | null {
    const nodes: SearchNode[] = [];
    this.skipCommas();
    for (let next = this.peek(); next && next.kind !== ')'; next = this.peek()) {
      nodes.push(this.logical());
      this.skipCommas();
    }
    return allOf(...nodes);
  }

  /** and/or have one precedence and group to the right: `a and b or c` = `a and (b or c)`. */
  private logical(): SearchNode {
    const units = [this.unit(undefined)];
    const joins: Token[] = [];
    for (let next = this.peek(); next?.kind === 'and' || next?.kind === 'or'; next = this.peek()) {
      joins.push(this.take(next));
      units.push(this.unit(next));
    }
    return units.reduceRight((right, left, i) => {
      const both = joins[i]?.kind === 'or' ? anyOf(left, right) : allOf(left, right);
      return both ?? right;
    });
  }

  /** @param after the and/or/not that asks for this unit */
  private unit(after: Token | undefined): SearchNode {
    const token = this.peek();
    const node = token ? this.unitAt(token) : undefined;
    if (!node) throw missingUnit(token, after);
    return node;
  }

  private unitAt(token: Token): SearchNode | undefined {
    switch (token.kind) {
      case '(':
        return this.nested(token, () => this.group(this.take(token)));
      case 'not':
        return this.nested(token, () => not(this.unit(this.take(token))));
      case 'has':
      case 'null':
        this.take(token);
        return this.leaf({ kind: token.kind, field: this.value(token, 'Field name') }, token);
      case 'operator':
        return this.comparison(null, token);
      case 'word':
      case 'string':
        return this.fieldOrWord(token);
      default:
        return undefined;
    }
  }

  private group(open: Token): SearchNode {
    const node = this.sequence();
    const close = this.peek();
    if (!close) throw searchError("This '(' is never closed; add a ')'", open);
    if (!node) throw searchError('Nothing between the parentheses; remove them or fill them', range(open, close));
    this.take(close);
    return node;
  }

  private fieldOrWord(token: Token): SearchNode {
    this.take(token);
    const next = this.peek();
    if (next?.kind === 'operator') return this.comparison(term(token), next);
    return this.leaf({ kind: 'word', term: term(token) }, token);
  }

  private comparison(field: SearchTerm | null, operator: Token & { kind: 'operator' }): SearchNode {
    this.take(operator);
    if (operator.text === '^' || operator.text === '!^') {
      const values = this.listValues(operator);
      const node = { kind: 'list' as const, field, negated: operator.text === '!^', values };
      return this.leaf({ ...node, at: range(field?.at ?? operator, values.at(-1)?.at ?? operator) }, operator);
    }
    const value = this.value(operator, 'Value');
    const at = range(field?.at ?? operator, value.at ?? operator);
    return this.leaf({ kind: 'compare', field, operator: operator.text, value, at }, operator);
  }

  private listValues(operator: Token): SearchTerm[] {
    const open = this.peek();
    if (open?.kind !== '(') return [this.value(operator, 'Value')];
    let before = this.take(open);
    const values: SearchTerm[] = [];
    do {
      values.push(this.value(before, 'Value'));
      this.countListed(before);
      const next = this.peek();
      if (!next) throw searchError("This '(' is never closed; add a ')'", open);
      if (next.kind !== ',' && next.kind !== ')') {
        throw searchError(`Values of a list are separated by commas, but '${next.text}' follows without one`, next);
      }
      before = this.take(next);
    } while (before.kind === ',');
    return values;
  }

  private countListed(at: TextRange): void {
    this.listed++;
    if (this.listed > MAX_LIST_VALUES) {
      throw searchError(`Lists may hold at most ${MAX_LIST_VALUES} values together; search for fewer at a time`, at);
    }
  }

  private value(after: Token, what: string): SearchTerm {
    const token = this.peek();
    if (token?.kind === 'word' || token?.kind === 'string') return term(this.take(token));
    if (!token) throw searchError(`${what} expected after '${after.text}'; add it`, after);
    throw searchError(`${what} expected after '${after.text}' but found '${token.text}'; ${remedyFor(token)}`, token);
  }

  private leaf(node: SearchNode, at: TextRange): SearchNode {
    this.terms++;
    if (this.terms > MAX_SEARCH_TERMS) {
      throw searchError(`A search may have at most ${MAX_SEARCH_TERMS} conditions; use fewer`, at);
    }
    return node;
  }

  private nested(at: Token, parse: () => SearchNode): SearchNode {
    this.depth++;
    if (this.depth > MAX_SEARCH_DEPTH) throw tooDeep(at);
    const node = parse();
    this.depth--;
    return node;
  }

  private skipCommas(): void {
    while (this.peek()?.kind === ',') this.index++;
  }

  private peek(): Token | undefined {
    return this.tokens[this.index];
  }

  private take(token: Token): Token {
    this.index++;
    return token;
  }
}

function missingUnit(found: Token | undefined, after: Token | undefined): Error {
  if (after)
    return searchError(`Something to search for is missing after '${after.text}'; add it, or ${QUOTE_IT}`, after);
  return searchError(`Something to search for is missing before '${found?.text}'; add it, or ${QUOTE_IT}`, found);
}

function remedyFor(token: Token): string {
  if (token.text === 'not' && token.end - token.start === 1)
    return 'put values that begin with - or ! in double quotes';
  if (/[a-z]/.test(token.text)) return QUOTE_IT;
  return 'add it';
}

const tooDeep = (at?: TextRange): Error =>
  searchError(`The search is nested more than ${MAX_SEARCH_DEPTH} levels deep; use fewer parentheses`, at);

const term = (token: Token): SearchTerm => ({ text: token.text, at: range(token, token) });

const range = (first: TextRange, last: TextRange): TextRange => ({ start: first.start, end: last.end });

function depthOf(node: SearchNode): number {
  if (node.kind === 'not') return 1 + depthOf(node.node);
  if (node.kind === 'and' || node.kind === 'or') return 1 + Math.max(...node.nodes.map(depthOf));
  return 0;
}
