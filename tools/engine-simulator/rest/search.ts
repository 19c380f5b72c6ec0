import { Refusal } from './answer';
import { parameter, type Call } from './call';

/** How the fields of a resource are searched: their texts, or each of several, by the names of the engine's search language. */
export type SearchFields<T> = Readonly<Record<string, (item: T) => string | readonly string[] | null | undefined>>;

/** Of a list. */
export interface Listing<T> {
  fields: SearchFields<T>;
  /** What a search without a field looks at; default: `name`. */
  freeText?: string[];
  /** Default order, by a field; none: as they are. */
  sortedBy?: string;
}

const CONDITION = /^\s*([\w.]+)\s*(!=|=)\s*(?:"([^"]*)"|([^\s"()=]+))/;
const PAGE_SIZE = 100;

/**
 * What the caller's `search`, `max` and `page` leave of a list. What is not understood finds nothing; a broken page is an
 * error of the database (oVirt: searchbackend).
 */
export function listed<T>(call: Call, items: readonly T[], { fields, freeText = ['name'], sortedBy }: Listing<T>): T[] {
  const { search, sort, page } = parts(parameter(call, 'search'));
  if (page === 0) throw new Refusal(400, 'statementcallback; sql []; error: offset must not be negative');
  const isCaseSensitive = parameter(call, 'case_sensitive') === 'true';
  const condition = search === '' ? () => true : conditionOf(search, fields, freeText, isCaseSensitive);
  const found = items.filter(condition);
  const order = sort?.field ?? sortedBy;
  const key = order === undefined ? undefined : fields[order];
  if (key) found.sort((a, b) => ((key(a) ?? '') < (key(b) ?? '') ? -1 : 1));
  if (sort?.descending) found.reverse();
  const isOld = call.engine.personality.major < 4;
  const max = maxOf(call, page !== undefined && isOld ? PAGE_SIZE : undefined);
  const size = page !== undefined && isOld ? Math.min(max, PAGE_SIZE) : max;
  const start = page === undefined ? 0 : (page - 1) * size;
  return found.slice(start, start + size);
}

function maxOf(call: Call, usual = Infinity): number {
  const text = parameter(call, 'max');
  const max = Number.parseInt(text, 10);
  if (max < 0) throw new Refusal(400, `illegal max count value for query : ${max}`);
  return /^\d{1,9}$/.test(text) ? max : usual;
}

interface Parts {
  search: string;
  sort?: { field: string; descending: boolean };
  page?: number;
}

function parts(text: string): Parts {
  const [, beforePage = '', page] = /^(.*?)(?:\bpage\s+(\d+)\s*)?$/is.exec(text) ?? [];
  const [, search = '', field, direction] =
    /^(.*?)(?:\bsortby\s+(\w+)(?:\s+(asc|desc))?\s*)?$/is.exec(beforePage) ?? [];
  return {
    search: search.trim(),
    ...(field !== undefined && { sort: { field, descending: direction?.toLowerCase() === 'desc' } }),
    ...(page !== undefined && { page: Number(page) }),
  };
}

/** Conditions joined by `and` and `or`, where `and` binds closer. */
function conditionOf<T>(search: string, fields: SearchFields<T>, freeText: string[], isCaseSensitive: boolean) {
  const matcher = (names: string[], wanted: string, isNot: boolean) => {
    const pattern = patternOf(wanted, isCaseSensitive);
    const texts = names.map((name) => fields[name]);
    const values = (item: T) => texts.flatMap((text) => text?.(item) ?? '');
    return (item: T) => values(item).some((value) => pattern.test(value)) !== isNot;
  };
  const alternatives: ((item: T) => boolean)[][] = [[]];
  let rest = search;
  for (;;) {
    const [whole, field = '', operator, quoted, plain] = CONDITION.exec(rest) ?? [];
    if (whole === undefined) {
      return /^[\w*.-]+$/.test(search) ? matcher(freeText, `*${search}*`, false) : () => false;
    }
    if (!(field in fields)) return () => false;
    alternatives.at(-1)?.push(matcher([field], quoted ?? plain ?? '', operator === '!='));
    rest = rest.slice(whole.length).trim();
    if (rest === '') break;
    const [joined, word = ''] = /^(and|or)\s+/i.exec(rest) ?? [];
    if (joined === undefined) return () => false;
    if (word.toLowerCase() === 'or') alternatives.push([]);
    rest = rest.slice(joined.length);
  }
  return (item: T) => alternatives.some((all) => all.every((holds) => holds(item)));
}

function patternOf(wanted: string, isCaseSensitive: boolean): RegExp {
  const source = wanted.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, isCaseSensitive ? 's' : 'is');
}
