import { invalid } from '../common/app-error';
import { storable } from '../database';

const FORBIDDEN = /[\p{Cc}/\\]/u;

/**
 * A host's or certificate's name as it is stored: lower-case, 1–255 characters without control characters, / or \, and
 * neither "." nor "..", which no address can lead to.
 * @throws AppError invalid, naming `field`
 */
export function hostName(value: string, field: string): string {
  if (FORBIDDEN.test(value)) throw invalid(field, 'must not contain control characters, / or \\');
  const name = storable(value).trim().toLowerCase();
  if (name === '') throw invalid(field, "can't be blank");
  if (name.length > 255) throw invalid(field, 'is too long (at most 255 characters)');
  if (name === '.' || name === '..') throw invalid(field, `must not be "${name}"`);
  return name;
}
