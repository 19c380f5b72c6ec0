import { dialectRules, type SqlDialect } from '../common/sql-dialect';
import { KeyValueForm } from './compile-key-value';
import { Comparison, compilePresence, compileValue } from './compile-value';
import { FieldDefinitions, findField, mayContain, NamedField, StringField } from './field-definitions';
import { quoteTerm } from './print-search';
import { searchError, TextRange } from './search-error';
import { SearchNode, SearchTerm } from './search-node';
import { joinSql, sql, Sql } from './sql-fragment';
import { CompareOperator } from './tokenize';

/**
 * Subqueries that PostgreSQL may turn into joins to choose their order: its planner takes half a minute over a hundred of
 * them. Further ones are met row by row.
 */
const MAX_JOINED = 6;

/** Characters of a person's text in an example. */
const MAX_SHOWN = 40;

/** `now` is what relative dates and "recent" count from. */
export interface CompileOptions {
  dialect: SqlDialect;
  now: Date;
  /**
   * `oneByOne` asks facts of one host after the other, instead of collecting the hosts of all such facts first: quicker
   * where most hosts meet the search and the first few suffice.
   */
  facts?: 'collected' | 'oneByOne';
}

/**
 * The search as a condition for WHERE, with `?` placeholders; everything is `true`. Names in it come from `fields`
 * alone, values are always parameters. Conditions on values that are not there (NULL) are not met, and `not` turns that
 * round (scoped_search: query_builder.rb).
 * Throws `search_syntax` for unknown fields, operators a field does not have, and values it cannot take.
 */
export function compileSearch(node: SearchNode | null, fields: FieldDefinitions, options: CompileOptions): Sql {
  return node ? new Compiler(fields, options).compile(node) : sql('true');
}

/** How many rows meet the search, as an expression to SELECT. Throws as `compileSearch`. */
export function compileCount(node: SearchNode | null, fields: FieldDefinitions, options: CompileOptions): Sql {
  if (node && isOneFact(node, fields)) return new Compiler(fields, { ...options, facts: 'counted' }).compile(node);
  const where = compileSearch(node, fields, options);
  return sql(`(SELECT COUNT(*) FROM ${fields.table} WHERE ${where.sql})`, ...where.params);
}

/** The ids of rows that meet the search, as a query for their `id`; one may come twice. Throws as `compileSearch`. */
export function compileIds(node: SearchNode, fields: FieldDefinitions, options: CompileOptions): Sql {
  if (isOneFact(node, fields)) return new Compiler(fields, { ...options, facts: 'listed' }).compile(node);
  const where = compileSearch(node, fields, options);
  return sql(`SELECT ${fields.table}.id FROM ${fields.table} WHERE ${where.sql}`, ...where.params);
}

function isOneFact(node: SearchNode, fields: FieldDefinitions): boolean {
  if (node.kind !== 'compare' && node.kind !== 'list' && node.kind !== 'has') return false;
  return node.field !== null && 'key' in findField(fields, node.field);
}

const isCostly = (target: NamedField): boolean => 'key' in target || target.field.costly === true;

class Compiler {
  private terms = 0;
  private costly = 0;
  private subqueries = 0;

  constructor(
    private readonly fields: FieldDefinitions,
    private readonly options: Omit<CompileOptions, 'facts'> & { facts?: KeyValueForm },
  ) {}

  compile(node: SearchNode): Sql {
    switch (node.kind) {
      case 'and':
        return joinSql(this.compileAll(node.nodes), 'AND');
      case 'or':
        return joinSql(this.compileAll(node.nodes), 'OR');
      case 'not':
        return this.compileNot(node.node);
      case 'has':
        return this.compilePresence(node.field, true);
      case 'null':
        return this.compilePresence(node.field, false);
      case 'word':
        return this.compileWord(node.term);
      case 'compare':
        return this.compare(node.field, node.operator, [node.value], node.at);
      case 'list':
        return this.compare(node.field, node.negated ? '!=' : '=', node.values, node.at);
    }
  }

  private compileAll(nodes: readonly SearchNode[]): Sql[] {
    return nodes.map((node) => this.compile(node));
  }

  private compileNot(node: SearchNode): Sql {
    if (node.kind === 'has') return this.compile({ ...node, kind: 'null' });
    if (node.kind === 'null') return this.compile({ ...node, kind: 'has' });
    const inner = this.compile(node);
    return { sql: `NOT COALESCE(${inner.sql}, false)`, params: inner.params };
  }

  /** A true/false field's name alone asks for true; any other word is free text. */
  private compileWord(word: SearchTerm): Sql {
    const field = this.fields.byName.get(word.text);
    if (field?.type === 'set' && 'true' in field.values) return this.compare(word, '=', [{ text: 'true' }], word.at);
    if (word.text === '') throw searchError('Nothing between the quotes; write the text to search for', word.at);
    return this.compare(null, '~', [word], word.at);
  }

  private compilePresence(field: SearchTerm, present: boolean): Sql {
    const target = this.find(field);
    this.count(isCostly(target) ? 1 : 0, field.at);
    return this.bounded(target, compilePresence(target, present, this.options.facts));
  }

  private compare(
    field: SearchTerm | null,
    operator: CompareOperator,
    values: readonly SearchTerm[],
    at: TextRange | undefined,
  ): Sql {
    const target = field && this.find(field);
    if (target) this.count(isCostly(target) || operator === '~' || operator === '!~' ? 1 : 0, at);
    else this.count(this.fields.freeText.length > 1 ? 2 : 1, at);
    const comparison = { name: field?.text ?? '', operator, values, at, ...this.options };
    return this.bounded(target, target ? compileValue(target, comparison) : this.compareFreeText(comparison));
  }

  /**
   * Any of the free-text fields: one subquery that reads the table for its own columns, and one a relation, which
   * follows the relation's index, as an OR of all would not.
   */
  private compareFreeText(comparison: Comparison): Sql {
    const { table, freeText } = this.fields;
    const { operator, values } = comparison;
    if (freeText.length === 0) throw this.withoutField(comparison);
    const finds = operator === '~' || operator === '=';
    const fields = freeText.filter((field) => !finds || values.some(({ text }) => mayContain(field, text)));
    const compile = (field: StringField) => compileValue({ field, name: '' }, comparison);
    const own = fields.filter((field) => !field.through).map(compile);
    const related = fields.filter((field) => field.through).map(compile);
    const conditions = own.length ? [joinSql(own, 'OR'), ...related] : related;
    const [first = sql('false')] = conditions;
    if (conditions.length < 2) return first;
    const selects = conditions.map((condition) => `SELECT ${table}.id FROM ${table} WHERE ${condition.sql}`);
    return sql(`${table}.id IN (${selects.join(' UNION ALL ')})`, ...conditions.flatMap(({ params }) => params));
  }

  /** A condition that a planner may take for a join while these are few. */
  private bounded(target: NamedField | null, condition: Sql): Sql {
    const isSubquery = !target || 'key' in target || target.field.through;
    if (!isSubquery) return condition;
    this.subqueries++;
    if (this.subqueries <= MAX_JOINED) return condition;
    return sql(dialectRules(this.options.dialect).notJoined(condition.sql), ...condition.params);
  }

  private withoutField({ operator, values, at }: Comparison): Error {
    const [field = ''] = this.fields.names;
    const value = quoteTerm((values[0]?.text ?? '').slice(0, MAX_SHOWN));
    return searchError(`Name the field to search in, as in: ${field} ${operator} ${value}`, at);
  }

  private count(costly: number, at: TextRange | undefined): void {
    const { limits } = this.fields;
    this.terms++;
    this.costly += costly;
    if (this.terms > limits.terms)
      throw searchError(`A search of this list may have at most ${limits.terms} conditions; use fewer`, at);
    if (this.costly > limits.costly)
      throw searchError(`A search may have at most ${limits.costly} ${limits.costlyAre}; use fewer`, at);
  }

  private find(field: SearchTerm): NamedField {
    return findField(this.fields, field);
  }
}
