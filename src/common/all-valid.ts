import { AppError } from './app-error';

/**
 * The values of all checks, by their names.
 * @throws AppError invalid with the faults of every check that found any; else what a check throws
 */
export function allValid<T extends object>(checks: { [K in keyof T]: () => T[K] }): T {
  const values: Partial<T> = {};
  const faults: AppError[] = [];
  for (const name of Object.keys(checks) as (keyof T)[]) {
    try {
      values[name] = checks[name]();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
      faults.push(error);
    }
  }
  const [first, ...more] = faults;
  if (first === undefined) return values as T;
  if (more.length === 0) throw first;
  const fields = Object.assign({}, ...faults.map(({ details }) => details.fields)) as Record<string, string[]>;
  throw new AppError('invalid', first.message, { fields });
}
