import { AppError, invalid } from './app-error';

export interface Named {
  id: string;
  name: string;
}

const MOST_CANDIDATES = 20;

/**
 * The one of these that is meant: by its id, or by its name where only one bears it. An id counts before a name.
 * @param field of the request, for the error: `cluster`
 * @param asked what the request says
 * @throws AppError invalid for what is none of them; with reason `ambiguous` and the candidates where several bear the name
 */
export function named<T extends Named>(field: string, asked: string, among: readonly T[]): T {
  const byId = among.find(({ id }) => id === asked.toLowerCase());
  if (byId) return byId;
  const [first, ...others] = among.filter(({ name }) => name === asked);
  if (first === undefined)
    throw invalid(field, `has to be the id or name of one that you may see: "${asked.slice(0, 255)}" is none`);
  if (others.length === 0) return first;
  throw ambiguous(field, asked, [first, ...others]);
}

function ambiguous(field: string, asked: string, found: readonly Named[]): AppError {
  const fault = `is the name of ${found.length}: tell which one by its id`;
  const candidates = found.slice(0, MOST_CANDIDATES).map(({ id, name }) => ({ id, name }));
  const details = { fields: { [field]: [fault] }, reason: 'ambiguous', candidates };
  return new AppError('invalid', `${field} "${asked.slice(0, 255)}" ${fault}`, details);
}
