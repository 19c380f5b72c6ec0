import { TextRange } from './search-error';

/** Operators as the tree and the printed text write them. */
export type CompareOperator = '=' | '!=' | '~' | '!~' | '>' | '<' | '>=' | '<=';
type ListOperator = '^' | '!^';
type Operator = CompareOperator | ListOperator;

/**
 * One token of a search text. `text` is what the token says: the operator's canonical spelling, the unescaped inside of
 * a quoted string, the word as typed. `open` marks a quoted string without its end quote.
 */
export type Token = TextRange & { open?: boolean } & (
    | { kind: 'operator'; text: Operator }
    | { kind: 'word' | 'string' | 'and' | 'or' | 'not' | 'has' | 'null' | '(' | ')' | ','; text: string }
  );

type Symbol = { kind: 'operator'; text: Operator } | { kind: 'and' | 'or' | 'not'; text: string };

const operator = (text: Operator): Symbol => ({ kind: 'operator', text });
const AND: Symbol = { kind: 'and', text: 'and' };
const OR: Symbol = { kind: 'or', text: 'or' };
const NOT: Symbol = { kind: 'not', text: 'not' };

/** scoped_search: tokenizer.rb. Two characters are tried before one. */
const SYMBOLS = new Map<string, Symbol>([
  ['&', AND],
  ['&&', AND],
  ['|', OR],
  ['||', OR],
  ['-', NOT],
  ['!', NOT],
  ['=', operator('=')],
  ['==', operator('=')],
  ['!=', operator('!=')],
  ['<>', operator('!=')],
  ['~', operator('~')],
  ['!~', operator('!~')],
  ['>', operator('>')],
  ['<', operator('<')],
  ['>=', operator('>=')],
  ['<=', operator('<=')],
  ['^', operator('^')],
  ['!^', operator('!^')],
]);

const KEYWORDS = new Map<string, Symbol | { kind: 'has' | 'null'; text: string }>([
  ['and', AND],
  ['or', OR],
  ['not', NOT],
  ['has', { kind: 'has', text: 'has' }],
  ['set?', { kind: 'has', text: 'has' }],
  ['null?', { kind: 'null', text: 'null?' }],
  ['before', operator('<')],
  ['after', operator('>')],
  ['at', operator('=')],
]);

// Sticky, and each a plain repetition of one character class: linear on any text.
const SPACE = /\s+/y;
const WORD = /[^\s=~<>&|)(,!^]+/y;
const OPERATOR_INSIDE_WORD = /![=~]|!?\^\s*\(/y;

/** Splits a search text into tokens. Any text can be split; a missing end quote ends with the text. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = endOf(SPACE, text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = endOf(SPACE, text, token.end);
  }
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  const char = text.charAt(start);
  if (char === '(' || char === ')' || char === ',') return { kind: char, text: char, start, end: start + 1 };
  if (char === '"') return quotedString(text, start);
  for (const length of [2, 1]) {
    const end = Math.min(start + length, text.length);
    const symbol = SYMBOLS.get(text.slice(start, end));
    if (symbol) return { ...symbol, start, end };
  }
  const end = endOfWord(text, start);
  const word = text.slice(start, end);
  const keyword = KEYWORDS.get(word.toLowerCase());
  return { ...(keyword ?? { kind: 'word', text: word }), start, end };
}

/** `!` and `^` are part of a word (`a!`, `x^y`) unless they begin an operator: `name!=x`, `name^(a,b)`. */
function endOfWord(text: string, start: number): number {
  let end = endOf(WORD, text, start);
  while (text.charAt(end) === '!' || text.charAt(end) === '^') {
    if (endOf(OPERATOR_INSIDE_WORD, text, end) > end) return end;
    end = endOf(WORD, text, end + 1);
  }
  return end;
}

function quotedString(text: string, start: number): Token {
  let inside = '';
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') {
    if (text.charAt(at) === '\\' && at + 1 < text.length) at++;
    inside += text.charAt(at);
    at++;
  }
  const open = at >= text.length;
  return { kind: 'string', text: inside, start, end: open ? at : at + 1, ...(open && { open }) };
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
