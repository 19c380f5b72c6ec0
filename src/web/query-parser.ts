import { parse, type ParsedQs } from 'qs';

/**
 * Express 5 parses the query anew each time `request.query` is read; this remembers the last text.
 * `a[]=1` and repeated names give lists, as Foreman's clients send them.
 */
export function queryParser(): (text: string) => ParsedQs {
  let last: { text: string; query: ParsedQs } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, query: parse(text ?? '', { depth: 3, parameterLimit: 100 }) };
    return last.query;
  };
}
