import { notFound } from './app-error';

/** The row id that a text of an address is; null for what cannot be one. */
export function rowIdIn(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** The same where nothing but an id will do. @throws AppError not_found */
export function rowId(resource: string, text: string): number {
  const id = rowIdIn(text);
  if (id === null) throw notFound(resource, text);
  return id;
}
