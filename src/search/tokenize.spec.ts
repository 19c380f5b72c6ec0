import { tokenize } from './tokenize';

/** Words as they are, anything else as `kind` or, for operators, `op:text`. */
const short = (text: string): string[] =>
  tokenize(text).map((token) => {
    if (token.kind === 'word' || token.kind === 'string') return token.text;
    return token.kind === 'operator' ? `op:${token.text}` : `:${token.kind}`;
  });

// scoped_search: spec/unit/tokenizer_spec.rb, in our own words, and what we do otherwise
describe('tokenize', () => {
  it.each<[string, string[]]>([
    ['', []],
    [' \t\n ', []],
    ['web db mail', ['web', 'db', 'mail']],
    ['  web\tdb   \n', ['web', 'db']],
    ['web db', ['web', 'db']],
    ['"web server"', ['web server']],
    ['"a \\"b\\" c"', ['a "b" c']],
    ['"a\\\\b"', ['a\\b']],
    ['"a\\b"', ['ab']],
    ['"web server', ['web server']],
    ['"ends with \\', ['ends with \\']],
    ['""', ['']],
    ['"', ['']],
    ['"web server"   "db"  ', ['web server', 'db']],
    ['"web server""db"', ['web server', 'db']],
    ['"web server" db', ['web server', 'db']],
    ['"web server"db', ['web server', 'db']],
    ['a"b', ['a"b']],
    ["it's", ["it's"]],
    ['a | -("b""c") & d', ['a', ':or', ':not', ':(', 'b', 'c', ':)', ':and', 'd']],
    ['set? a has b null? c', [':has', 'a', ':has', 'b', ':null', 'c']],
    ['a || b', ['a', ':or', 'b']],
    ['a && b', ['a', ':and', 'b']],
    ['a | | b', ['a', ':or', ':or', 'b']],
    ['a and b', ['a', ':and', 'b']],
    ['a AnD b oR c NOT d', ['a', ':and', 'b', ':or', 'c', ':not', 'd']],
    ['HAS a NULL? b', [':has', 'a', ':null', 'b']],
    ['a "and" b "not"', ['a', 'and', 'b', 'not']],
    ['android orchid notes', ['android', 'orchid', 'notes']],
    ['a-b', ['a-b']],
    ['a -b', ['a', ':not', 'b']],
    ['a !b', ['a', ':not', 'b']],
    ['a&b', ['a', ':and', 'b']],
    ['a||b', ['a', ':or', 'b']],
    ['a=b', ['a', 'op:=', 'b']],
    ['a==b', ['a', 'op:=', 'b']],
    ['"a=b"', ['a=b']],
    ['a,b , c', ['a', ':,', 'b', ':,', 'c']],
    ['a = b', ['a', 'op:=', 'b']],
    ['a != b', ['a', 'op:!=', 'b']],
    ['a <> b', ['a', 'op:!=', 'b']],
    ['a<>b', ['a', 'op:!=', 'b']],
    ['a ~ b', ['a', 'op:~', 'b']],
    ['a !~ b', ['a', 'op:!~', 'b']],
    ['a > b >= c < d <= e', ['a', 'op:>', 'b', 'op:>=', 'c', 'op:<', 'd', 'op:<=', 'e']],
    ['a>=b', ['a', 'op:>=', 'b']],
    ['a ^ (b,c)', ['a', 'op:^', ':(', 'b', ':,', 'c', ':)']],
    ['a !^ (b)', ['a', 'op:!^', ':(', 'b', ':)']],
    ['a before b after c at d', ['a', 'op:<', 'b', 'op:>', 'c', 'op:=', 'd']],
    ['a in (b)', ['a', 'in', ':(', 'b', ':)']],
    ['a = -5', ['a', 'op:=', ':not', '5']],
    ['a = "-5"', ['a', 'op:=', '-5']],
    ['facts.os::name 52:54:00:ab 10.1.2.3/24 50% a*b', ['facts.os::name', '52:54:00:ab', '10.1.2.3/24', '50%', 'a*b']],
    ['a = ! b', ['a', 'op:=', ':not', 'b']],
    ['größe=ja', ['größe', 'op:=', 'ja']],
    // otherwise than scoped_search, where these need a space
    ['name!=x', ['name', 'op:!=', 'x']],
    ['name!~x', ['name', 'op:!~', 'x']],
    ['name^(a,b)', ['name', 'op:^', ':(', 'a', ':,', 'b', ':)']],
    ['name!^(a)', ['name', 'op:!^', ':(', 'a', ':)']],
    ['name^ (a)', ['name', 'op:^', ':(', 'a', ':)']],
    // and these are words still
    ['a!b a! x^y x^', ['a!b', 'a!', 'x^y', 'x^']],
  ])('splits %j', (text, tokens) => {
    expect(short(text)).toEqual(tokens);
  });

  it('gives the place of each token, quotes included', () => {
    expect(tokenize('a >= "b c"').map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [2, 4],
      [5, 10],
    ]);
  });

  it('marks a quoted string without end quote', () => {
    expect(tokenize('"a" "b').map((token) => token.open)).toEqual([undefined, true]);
  });
});
