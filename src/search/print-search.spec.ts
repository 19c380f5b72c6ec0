import fc from 'fast-check';
import { AppError } from '../common/app-error';
import { parseSearch } from './parse-search';
import { printSearch } from './print-search';
import { allOf, anyOf, compare, not, SearchNode } from './search-node';

/** Without the places in the text. */
const bare = (node: SearchNode | null): unknown =>
  JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'at' ? undefined : value)));

const symbols = fc.constantFrom(
  ...'"\\()<>=~!^&|,-*%_.: ',
  'and',
  'or',
  'NOT',
  'has',
  'null?',
  'set?',
  'before',
  'at',
  'ä',
  '東',
);
const term = fc
  .oneof(
    fc.string({ maxLength: 8 }),
    fc.array(symbols, { maxLength: 6 }).map((parts) => parts.join('')),
  )
  .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text))
  .map((text) => ({ text }));
const field = fc.option(term);

const leaf: fc.Arbitrary<SearchNode> = fc.oneof(
  fc.record({ kind: fc.constant('word' as const), term }),
  fc.record({ kind: fc.constantFrom('has' as const, 'null' as const), field: term }),
  fc.record({
    kind: fc.constant('compare' as const),
    field,
    operator: fc.constantFrom('=', '!=', '~', '!~', '<', '<=', '>', '>='),
    value: term,
  }),
  fc.record({
    kind: fc.constant('list' as const),
    field,
    negated: fc.boolean(),
    values: fc.array(term, { minLength: 1, maxLength: 3 }),
  }),
);

const tree = fc.letrec<{ node: SearchNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('node').map(not),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((nodes) => allOf(...nodes) as SearchNode),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => anyOf(a, b) as SearchNode),
  ),
})).node;

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.oneof(symbols, fc.constantFrom('name', 'status.failed', '5', 'a b')), { maxLength: 60 })
    .map((all) => all.join(' ')),
  fc.array(symbols, { maxLength: 200 }).map((all) => all.join('')),
);

describe('printSearch', () => {
  it('gives for any tree a text that reads as the same tree', () => {
    fc.assert(
      fc.property(tree, (node) => {
        expect(bare(parseSearch(printSearch(node)))).toEqual(bare(node));
      }),
      { numRuns: 300 },
    );
  });

  it('gives for any text that can be read a text that reads the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const node = readable(text);
        expect(bare(readable(printSearch(node)))).toEqual(bare(node));
      }),
      { numRuns: 300 },
    );
  });

  it('is empty for everything', () => {
    expect(printSearch(null)).toBe('');
    expect(compare('a', '=', '')).toEqual(bare(parseSearch('a = ""')));
  });
});

/** null also where the text is refused, which must be by search_syntax with a place inside the text. */
function readable(text: string): SearchNode | null {
  try {
    return parseSearch(text);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'search_syntax') throw error;
    const { start, end } = error.details.position ?? { start: -1, end: -1 };
    if (start < 0 || end <= start || end > text.length) throw new Error(`no place in the text: ${start}..${end}`);
    return null;
  }
}
