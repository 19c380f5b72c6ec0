import { AppError } from '../common/app-error';
import { parseSearch } from './parse-search';
import { isOrderError, TextRange } from './search-error';
import { SearchNode } from './search-node';

/** Why a search is not understood, and where in its text, to be shown beside it; or why the order of its list is not. */
export interface SearchProblem {
  message: string;
  of: 'search' | 'order';
  position?: TextRange;
}

/** What was wrong with a search when something failed. @throws the error where it is another */
export function searchProblem(error: unknown): SearchProblem {
  if (!(error instanceof AppError) || error.code !== 'search_syntax') throw error;
  return { message: error.message, of: isOrderError(error) ? 'order' : 'search', position: error.details.position };
}

/** The search, or what is wrong with its text; whether its fields exist shows when it is compiled. */
export function tryParseSearch(
  text: string,
): { search: SearchNode | null; problem?: undefined } | { search?: undefined; problem: SearchProblem } {
  try {
    return { search: parseSearch(text) };
  } catch (error) {
    return { problem: searchProblem(error) };
  }
}
