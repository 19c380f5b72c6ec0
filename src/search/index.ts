export { completeSearch, type Completion, type ValueQuestion, type ValuesOf } from './complete-search';
export { compileOrder } from './compile-order';
export { compileCount, compileIds, compileSearch, type CompileOptions } from './compile-search';
export { numberOf } from './compile-key-value';
export {
  booleanField,
  defineFields,
  type FieldDefinitions,
  type SearchField,
  type SearchLimits,
  type SetField,
  type StringField,
} from './field-definitions';
export { isLookup } from './is-lookup';
export { MAX_SEARCH_LENGTH, parseSearch } from './parse-search';
export { searchProblem, tryParseSearch, type SearchProblem } from './search-problem';
export { printSearch } from './print-search';
export { searchPage } from './search-page';
export { allOf, anyOf, compare, type SearchNode, type SearchTerm } from './search-node';
export { type Sql } from './sql-fragment';
