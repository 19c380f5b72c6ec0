import { operatorsOf } from './compile-value';
import { FieldDefinitions, findField, KeyValueField } from './field-definitions';
import { checkText } from './parse-search';
import { quoteTerm } from './print-search';
import { SearchTerm } from './search-node';
import { searchProblem } from './search-problem';
import { Token, tokenize } from './tokenize';

/**
 * One way to go on (Foreman: auto_complete_search). `label` is the whole text then; it is `completed` + `part`, where
 * `part` begins at the last and/or. `category` is "Operators" for and, or, not and has, else "".
 */
export interface Completion {
  completed: string;
  part: string;
  label: string;
  category: string;
}

/** Asks for up to `limit` texts of `source` that contain `part` in any case; `key` is the NAME of `facts.NAME`. */
export interface ValueQuestion {
  source: string;
  part: string;
  key?: string;
  limit: number;
}

export type ValuesOf = (question: ValueQuestion) => Promise<readonly string[]>;

const MAX_VALUES = 20;
/** Letters of a word from which on fields are looked for that have it as a value; and how many values of each. */
const MIN_WORD = 2;
const MAX_OF_FIELD = 5;
const DATES = [
  'today',
  'yesterday',
  '30 minutes ago',
  '1 hour ago',
  '2 hours ago',
  '1 day ago',
  '2 days ago',
  '3 days ago',
  '1 week ago',
];
const PREFIXES = ['not', 'has'];
const JOINS = ['and', 'or', ...PREFIXES];

/** What may come next: a condition, more after a condition, a field for `has`, or what a field name asks for. */
type Expected =
  | { kind: 'condition' | 'join' | 'presence' | 'nothing' }
  | { kind: 'operator'; field: SearchTerm }
  | { kind: 'value' | 'comma'; field: SearchTerm | null; list: boolean };

/**
 * Ways to go on with a half-typed search whose cursor is at its end: fields, the operators of a field, its values,
 * and/or/not/has. `[{ error }]` where what is typed cannot become a search.
 */
export async function completeSearch(
  text: string,
  fields: FieldDefinitions,
  valuesOf: ValuesOf,
): Promise<Completion[] | [{ error: string }]> {
  try {
    checkText(text);
    const { finished, start, part } = split(text);
    const expected = finished.reduce(expectedAfter, { kind: 'condition' });
    const suggestions = await new Suggester(fields, valuesOf, part).suggest(expected);
    return [...new Set(suggestions)].map((suggestion) => completion(text.slice(0, start), suggestion));
  } catch (error) {
    return [{ error: searchProblem(error).message }];
  }
}

/** The last token is still being typed when it touches the end of the text, unless it ends itself. */
function split(text: string): { finished: Token[]; start: number; part: string } {
  const tokens = tokenize(text);
  const last = tokens.at(-1);
  const endsItself = !last || ['operator', '(', ')', ','].includes(last.kind) || (last.kind === 'string' && !last.open);
  if (endsItself || last.end < text.length) return { finished: tokens, start: text.length, part: '' };
  const part = last.kind === 'string' ? last.text : text.slice(last.start);
  return { finished: tokens.slice(0, -1), start: last.start, part };
}

function expectedAfter(expected: Expected, token: Token): Expected {
  const isWord = token.kind === 'word' || token.kind === 'string';
  switch (expected.kind) {
    case 'nothing':
      return expected;
    case 'presence':
      return { kind: isWord ? 'join' : 'nothing' };
    case 'value':
      if (isWord) return expected.list ? { ...expected, kind: 'comma' } : { kind: 'join' };
      return token.kind === '(' && !expected.list ? { ...expected, list: true } : { kind: 'nothing' };
    case 'comma':
      if (token.kind === ',') return { ...expected, kind: 'value' };
      return { kind: token.kind === ')' ? 'join' : 'nothing' };
    default:
      return afterCondition(expected, token);
  }
}

function afterCondition(expected: Expected, token: Token): Expected {
  switch (token.kind) {
    case 'word':
    case 'string':
      return { kind: 'operator', field: token };
    case 'operator':
      return { kind: 'value', field: expected.kind === 'operator' ? expected.field : null, list: false };
    case 'has':
    case 'null':
      return { kind: 'presence' };
    case ')':
      return { kind: 'join' };
    default:
      return { kind: 'condition' };
  }
}

class Suggester {
  constructor(
    private readonly fields: FieldDefinitions,
    private readonly valuesOf: ValuesOf,
    private readonly part: string,
  ) {}

  async suggest(expected: Expected): Promise<string[]> {
    switch (expected.kind) {
      case 'condition':
        return [...(await this.fieldNames()), ...this.beginningSo(PREFIXES), ...(await this.conditions())];
      case 'presence':
        return this.fieldNames();
      case 'join':
        return [...this.beginningSo(JOINS), ...(this.part ? await this.fieldNames() : [])];
      case 'operator':
        return [...this.operators(expected.field), ...(await this.suggest({ kind: 'join' }))];
      case 'value':
        return (await this.values(expected.field)).slice(0, MAX_VALUES).map(quoteTerm);
      default:
        return [];
    }
  }

  /** Names that begin so, also behind a dot; a key-value field as `facts.`, and its names once that is typed. */
  private async fieldNames(): Promise<string[]> {
    const dot = this.part.indexOf('.');
    const field = dot > 0 ? this.fields.byName.get(this.part.slice(0, dot)) : undefined;
    if (field?.type === 'keyValue') return this.keys(field, this.part.slice(0, dot + 1), this.part.slice(dot + 1));
    const names = this.fields.names.map((name) =>
      this.fields.byName.get(name)?.type === 'keyValue' ? `${name}.` : name,
    );
    const aliases = [...this.fields.byName.keys()].filter((name) => !this.fields.names.includes(name));
    if (!this.part) return names;
    const part = `.${this.part.toLowerCase()}`;
    return [...this.beginningSo([...names, ...aliases]), ...names.filter((name) => name.includes(part))];
  }

  /** `os = CentOS` for "cent": words that people know are values more often than fields. */
  private async conditions(): Promise<string[]> {
    const { part, fields } = this;
    if (part.length < MIN_WORD) return [];
    const found = fields.names.map(async (name) => {
      const field = fields.byName.get(name);
      if (field?.type !== 'string' || !field.freeText || !field.through || !field.valueSource) return [];
      const values = await this.valuesOf({ source: field.valueSource, part, limit: MAX_OF_FIELD });
      return values.map((value) => `${name} = ${quoteTerm(value)}`);
    });
    return (await Promise.all(found)).flat().slice(0, MAX_VALUES);
  }

  private async keys({ nameSource }: KeyValueField, prefix: string, part: string): Promise<string[]> {
    if (!nameSource) return [];
    const names = await this.valuesOf({ source: nameSource, part, limit: MAX_VALUES });
    return names.slice(0, MAX_VALUES).map((name) => quoteTerm(prefix + name));
  }

  private operators(name: SearchTerm): string[] {
    const field = this.fields.byName.get(name.text) ?? this.fields.byName.get(name.text.split('.')[0] ?? '');
    return field ? this.beginningSo([...operatorsOf(field), '^', '!^']) : [];
  }

  private async values(name: SearchTerm | null): Promise<readonly string[]> {
    if (!name) return [];
    const target = findField(this.fields, name);
    const { field } = target;
    if (field.type === 'set') return this.beginningSo(Object.keys(field.values));
    if (field.type === 'datetime') return this.beginningSo(DATES);
    if (field.type === 'integer') return this.beginningSo(field.examples ?? []);
    if (!field.valueSource) return [];
    const key = 'key' in target ? { key: target.key } : {};
    return this.valuesOf({ source: field.valueSource, part: this.part, limit: MAX_VALUES, ...key });
  }

  private beginningSo(texts: readonly string[]): string[] {
    const part = this.part.toLowerCase();
    return texts.filter((text) => text.toLowerCase().startsWith(part));
  }
}

function completion(before: string, suggestion: string): Completion {
  const label = `${before}${/[^\s(,=~<>!^&|-]$/.test(before) ? ' ' : ''}${suggestion}`;
  const lastJoin = tokenize(label).findLast(({ kind }) => kind === 'and' || kind === 'or');
  const completed = label.slice(0, lastJoin?.start ?? 0);
  const category = JOINS.includes(suggestion) ? 'Operators' : '';
  return { completed, part: label.slice(completed.length), label, category };
}
