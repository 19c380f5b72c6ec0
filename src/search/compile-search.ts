import { compilePresence, compileValue } from './compile-value';
import { FieldDefinitions, findField, NamedField } from './field-definitions';
import { searchError, TextRange } from './search-error';
import { SearchNode, SearchTerm } from './search-node';
import { Dialect, joinSql, sql, Sql } from './sql-fragment';
import { CompareOperator } from './tokenize';

/** `now` is what relative dates and "recent" count from. */
export interface CompileOptions {
  dialect: Dialect;
  now: Date;
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

class Compiler {
  constructor(
    private readonly fields: FieldDefinitions,
    private readonly options: CompileOptions,
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
        return compilePresence(this.find(node.field), true);
      case 'null':
        return compilePresence(this.find(node.field), false);
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

  /** One condition for each value: any of them must hold, or none of the values for `!=`. */
  private compare(
    field: SearchTerm | null,
    operator: CompareOperator,
    values: readonly SearchTerm[],
    at: TextRange | undefined,
  ): Sql {
    const targets = field ? [this.find(field)] : this.freeText(at);
    const conditions = targets.map((target) => {
      const name = field?.text ?? '';
      const each = values.map((value) => compileValue(target, { name, operator, value, ...this.options }));
      return joinSql(each, operator === '!=' ? 'AND' : 'OR');
    });
    return joinSql(conditions, 'OR');
  }

  private freeText(at: TextRange | undefined): NamedField[] {
    if (this.fields.freeText.length === 0) throw searchError('Name the field to search in, as in: name = web1', at);
    return this.fields.freeText.map((field) => ({ field, name: '' }));
  }

  private find(field: SearchTerm): NamedField {
    return findField(this.fields, field);
  }
}
