import { AppError } from '../common/app-error';

/** The id in an address. @throws AppError not_found for what cannot be one */
export function reportId(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new AppError('not_found', `Resource config_report not found by id '${text.slice(0, 100)}'`);
  return Number(text);
}
