import { invalid } from './app-error';

/** @throws AppError invalid when the field's text is longer */
export function checkLength(field: string, text: string, max: number): void {
  if (text.length > max) throw invalid(field, `is too long (maximum is ${max} characters)`);
}
