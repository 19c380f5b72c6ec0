import { AppError } from '../common/app-error';
import type { FieldFaults } from './form-field.view';
import type { Reply } from '../web';

/**
 * What a form's change leads to; when its fields are at fault, the form again, which tells them. Callers of JSON get
 * the error itself. Errors that are no fault of a field are thrown on.
 */
export async function refill<T>(
  change: Promise<T>,
  form: (faults: FieldFaults) => Reply | Promise<Reply>,
): Promise<T | Reply> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
    return (await form(error.details.fields ?? { base: [error.message] })).because(error);
  }
}
