import { AppError } from '../common/app-error';

/** Half-open range [start, end) in the search text, in UTF-16 units. */
export interface TextRange {
  start: number;
  end: number;
}

/** The one way a search fails: code `search_syntax`, a message with the remedy, and the place in the text where known. */
export function searchError(message: string, at?: TextRange): AppError {
  return new AppError('search_syntax', message, at ? { position: { start: at.start, end: at.end } } : {});
}

const ORDER = 'order';

/** As `searchError`, of the order of a list: its `reason` is `order`. */
export function orderError(message: string): AppError {
  return new AppError('search_syntax', message, { reason: ORDER });
}

export const isOrderError = ({ details }: AppError): boolean => details.reason === ORDER;
