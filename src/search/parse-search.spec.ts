import { AppError } from '../common/app-error';
import { MAX_LIST_VALUES, MAX_SEARCH_DEPTH, MAX_SEARCH_LENGTH, MAX_SEARCH_TERMS, parseSearch } from './parse-search';
import { printSearch } from './print-search';
import { SearchNode } from './search-node';

type Tree = string | [string, ...(Tree | null)[]];

/** Words as strings, all else as [what, …parts]; a prefix operator has null for its field. */
function tree(node: SearchNode | null): Tree | null {
  if (!node) return null;
  switch (node.kind) {
    case 'and':
    case 'or':
      return [node.kind, ...node.nodes.map(tree)];
    case 'not':
      return ['not', tree(node.node)];
    case 'word':
      return node.term.text;
    case 'has':
    case 'null':
      return [node.kind, node.field.text];
    case 'compare':
      return [node.operator, node.field?.text ?? null, node.value.text];
    case 'list':
      return [node.negated ? '!^' : '^', node.field?.text ?? null, ...node.values.map(({ text }) => text)];
  }
}

function refusal(text: string): { message: string; at: string } {
  try {
    parseSearch(text);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'search_syntax') throw error;
    const { start, end } = error.details.position ?? { start: -1, end: -1 };
    return { message: error.message, at: text.slice(start, end) };
  }
  throw new Error(`${text} was read`);
}

// scoped_search: spec/unit/parser_spec.rb, in our own words, and what we do otherwise
describe('parseSearch', () => {
  it.each<[string, Tree | null]>([
    ['', null],
    [' \t ', null],
    ['web', 'web'],
    ['"web server"', 'web server'],
    ['web db', ['and', 'web', 'db']],
    ['web db mail', ['and', 'web', 'db', 'mail']],
    ['1 (2 (3 4))', ['and', '1', '2', '3', '4']],
    ['(((web)))', 'web'],
    ['a OR b OR c', ['or', 'a', 'b', 'c']],
    ['a and b and c', ['and', 'a', 'b', 'c']],
    ['a b OR c', ['and', 'a', ['or', 'b', 'c']]],
    ['a OR b c', ['and', ['or', 'a', 'b'], 'c']],
    ['a or b c or d', ['and', ['or', 'a', 'b'], ['or', 'c', 'd']]],
    ['a OR (b c)', ['or', 'a', ['and', 'b', 'c']]],
    ['(a OR b) c', ['and', ['or', 'a', 'b'], 'c']],
    ['a and b or c', ['and', 'a', ['or', 'b', 'c']]],
    ['a or b and c', ['or', 'a', ['and', 'b', 'c']]],
    ['a and b or c and d', ['and', 'a', ['or', 'b', ['and', 'c', 'd']]]],
    ['(a and b) or c', ['or', ['and', 'a', 'b'], 'c']],
    ['not a and b', ['and', ['not', 'a'], 'b']],
    ['not a or b', ['or', ['not', 'a'], 'b']],
    ['not a', ['not', 'a']],
    ['not !a', ['not', ['not', 'a']]],
    ['- - a', ['not', ['not', 'a']]],
    ['a !b', ['and', 'a', ['not', 'b']]],
    ['a || !b', ['or', 'a', ['not', 'b']]],
    ['!a OR !b', ['or', ['not', 'a'], ['not', 'b']]],
    ['!(a OR !b)', ['not', ['or', 'a', ['not', 'b']]]],
    ['not (a b)', ['not', ['and', 'a', 'b']]],
    ['not a = b', ['not', ['=', 'a', 'b']]],
    ['not = b', ['not', ['=', null, 'b']]],
    ['(a|b)(b|c)', ['and', ['or', 'a', 'b'], ['or', 'b', 'c']]],
    ['(a|b)&(b|c)', ['and', ['or', 'a', 'b'], ['or', 'b', 'c']]],
    ['a,b', ['and', 'a', 'b']],
    ['a, b, c', ['and', 'a', 'b', 'c']],
    ['a,', 'a'],
    [',a', 'a'],
    ['a,,b', ['and', 'a', 'b']],
    ['(a), (b)', ['and', 'a', 'b']],
    ['a or b, c', ['and', ['or', 'a', 'b'], 'c']],
    ['a, b or c', ['and', 'a', ['or', 'b', 'c']]],
    ['not a, b', ['and', ['not', 'a'], 'b']],
    ['(a, b,) or c,', ['or', ['and', 'a', 'b'], 'c']],
    ['a>b', ['>', 'a', 'b']],
    ['a = b', ['=', 'a', 'b']],
    ['a=b', ['=', 'a', 'b']],
    ['a!=b', ['!=', 'a', 'b']],
    ['a <> b', ['!=', 'a', 'b']],
    ['a !~ "b c"', ['!~', 'a', 'b c']],
    ['"a b" = c', ['=', 'a b', 'c']],
    ['a = ""', ['=', 'a', '']],
    ['a = "and"', ['=', 'a', 'and']],
    ['a before b', ['<', 'a', 'b']],
    ['a after "3 days ago"', ['>', 'a', '3 days ago']],
    ['a at b', ['=', 'a', 'b']],
    ['<b', ['<', null, 'b']],
    ['~ b', ['~', null, 'b']],
    ['a, < b', ['and', 'a', ['<', null, 'b']]],
    ['(a = b) >c', ['and', ['=', 'a', 'b'], ['>', null, 'c']]],
    ['a = b, >c', ['and', ['=', 'a', 'b'], ['>', null, 'c']]],
    ['a = b > c', ['and', ['=', 'a', 'b'], ['>', null, 'c']]],
    ['a = b c', ['and', ['=', 'a', 'b'], 'c']],
    ['a = b or c = d', ['or', ['=', 'a', 'b'], ['=', 'c', 'd']]],
    ['set? a b null? c', ['and', ['has', 'a'], 'b', ['null', 'c']]],
    ['has a', ['has', 'a']],
    ['not has a', ['not', ['has', 'a']]],
    ['has a and has b', ['and', ['has', 'a'], ['has', 'b']]],
    ['has "a b"', ['has', 'a b']],
    ['a ^ (b,c)', ['^', 'a', 'b', 'c']],
    ['a ^ ( b , "c, d" )', ['^', 'a', 'b', 'c, d']],
    ['a ^ (b)', ['^', 'a', 'b']],
    ['a ^ b', ['^', 'a', 'b']],
    ['a ^ b,c', ['and', ['^', 'a', 'b'], 'c']],
    ['a !^ (b,c) d', ['and', ['!^', 'a', 'b', 'c'], 'd']],
    ['^ (a,b)', ['^', null, 'a', 'b']],
    ['a^(b,c)', ['^', 'a', 'b', 'c']],
    ['a in (1,2)', ['and', 'a', 'in', '1', '2']],
    ['"and"', 'and'],
    ['uuid=58ad-9d and name=my.vm', ['and', ['=', 'uuid', '58ad-9d'], ['=', 'name', 'my.vm']]],
    ['uuid=1 or name=my vm', ['and', ['or', ['=', 'uuid', '1'], ['=', 'name', 'my']], 'vm']],
  ])('reads %j', (text, expected) => {
    expect(tree(parseSearch(text))).toEqual(expected);
  });

  it.each([
    ['a or', 'or', "Something to search for is missing after 'or'"],
    ['a and', 'and', "missing after 'and'"],
    ['or a', 'or', "Something to search for is missing before 'or'"],
    ['and', 'and', "missing before 'and'"],
    ['not', 'not', "missing after 'not'"],
    ['a -', '-', "missing after 'not'"],
    ['a and and b', 'and', "missing after 'and'"],
    ['a, or b', 'or', "missing before 'or'"],
    ['a or , b', 'or', "missing after 'or'"],
    ['a or, b', 'or', "missing after 'or'"],
    ['a , and , b', 'and', "missing before 'and'"],
    ['not , a', 'not', "missing after 'not'"],
    ['a or (b and )', 'and', "missing after 'and'"],
    ['a | | b', '|', "missing after 'or'"],
    ['a =', '=', "Value expected after '='"],
    ['a = and b', 'and', "Value expected after '=' but found 'and'; put it in double quotes"],
    ['a = -5', '-', 'put values that begin with - or ! in double quotes'],
    ['a = (b)', '(', "Value expected after '=' but found '('"],
    ['a = = b', '=', "Value expected after '=' but found '='"],
    ['has', 'has', "Field name expected after 'has'; add it"],
    ['has and', 'and', "Field name expected after 'has' but found 'and'"],
    ['null? (a)', '(', "Field name expected after 'null?'"],
    ['(a', '(', "This '(' is never closed"],
    ['a (b (c)', '(', "This '(' is never closed"],
    ['a)', ')', "This ')' closes nothing"],
    ['a) b', ')', "This ')' closes nothing"],
    [')', ')', "This ')' closes nothing"],
    ['()', '()', 'Nothing between the parentheses'],
    ['a ( ) b', '( )', 'Nothing between the parentheses'],
    ['not ()', '()', 'Nothing between the parentheses'],
    ['(,)', '(,)', 'Nothing between the parentheses'],
    ['(', '(', "This '(' is never closed"],
    [',', ',', 'Nothing to search for'],
    ['a ^ ()', ')', "Value expected after '('"],
    ['a ^ (b', '(', "This '(' is never closed"],
    ['a ^ (b c)', 'c', 'separated by commas'],
    ['a ^ (b,)', ')', "Value expected after ',' but found ')'"],
    ['a ^ (b,or)', 'or', "Value expected after ',' but found 'or'; put it in double quotes"],
    ['a ^', '^', "Value expected after '^'"],
    ['a\0b', '\0', 'control character'],
    ['a\u001bb', '\u001b', 'control character'],
    ['a\ud800b', '\ud800', 'control character'],
  ])('refuses %j, pointing at %j', (text, at, message) => {
    const refused = refusal(text);
    expect(refused.message).toContain(message);
    expect(refused.at).toBe(at);
  });

  it.each([
    ['a text of a megabyte', 'a '.repeat(524_288), `at most ${MAX_SEARCH_LENGTH}`],
    ['10,000 parentheses', '('.repeat(10_000), `at most ${MAX_SEARCH_LENGTH}`],
    ['as many parentheses as fit', '('.repeat(MAX_SEARCH_LENGTH), `more than ${MAX_SEARCH_DEPTH} levels`],
    ['as many negations as fit', '!'.repeat(MAX_SEARCH_LENGTH - 1) + 'a', `more than ${MAX_SEARCH_DEPTH} levels`],
    ['too many words', 'a '.repeat(MAX_SEARCH_TERMS + 1), `at most ${MAX_SEARCH_TERMS} conditions`],
    ['too long a list', `a ^ (${'b,'.repeat(MAX_LIST_VALUES)}b)`, `at most ${MAX_LIST_VALUES} values together`],
    [
      'too long lists together',
      `a ^ (${'b,'.repeat(MAX_LIST_VALUES - 1)}b) and c ^ (d)`,
      `at most ${MAX_LIST_VALUES} values together`,
    ],
    [
      'groups around a long chain of and/or',
      `${'!('.repeat(50)}${'a or b and '.repeat(45)}c${')'.repeat(50)}`,
      `more than ${MAX_SEARCH_DEPTH} levels`,
    ],
  ])('refuses %s at once', (_, text, message) => {
    const started = performance.now();
    expect(refusal(text).message).toContain(message);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('reads as much as the limits allow', () => {
    const words = 'a '.repeat(MAX_SEARCH_TERMS);
    const list = `a ^ (${'b,'.repeat(MAX_LIST_VALUES - 1)}b)`;
    const groups = `${'('.repeat(MAX_SEARCH_DEPTH)}a${')'.repeat(MAX_SEARCH_DEPTH)}`;
    expect([words, list, groups].map((text) => parseSearch(text)?.kind)).toEqual(['and', 'list', 'word']);
  });

  it('keeps the places of fields and values for errors found later', () => {
    const node = parseSearch('a and  bc >= "d e"');
    expect(node?.kind === 'and' && node.nodes[1]).toEqual({
      kind: 'compare',
      field: { text: 'bc', at: { start: 7, end: 9 } },
      operator: '>=',
      value: { text: 'd e', at: { start: 13, end: 18 } },
      at: { start: 7, end: 18 },
    });
  });

  it.each([
    ['a or b c', '(a or b) and c'],
    ['not (a, b)', 'not (a and b)'],
    ['a!=" x" and has y|null? z', 'a != " x" and (has y or null? z)'],
    ['^(a,"b,c") "or" "x\\"y"', '^ (a, "b,c") and "or" and x"y'],
    ['"\\"x" = "-1"', '"\\"x" = "-1"'],
  ])('prints %j as %j', (text, printed) => {
    expect(printSearch(parseSearch(text))).toBe(printed);
    expect(tree(parseSearch(printed))).toEqual(tree(parseSearch(text)));
  });
});
