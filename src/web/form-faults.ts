import { AppError } from '../common/app-error';
import type { FieldFaults } from './form-field.view';

/** What a form shows beside its fields; errors that are no fault of a field are thrown on. */
export function faultsOf(error: unknown): FieldFaults {
  if (error instanceof AppError && error.code === 'invalid') return error.details.fields ?? { base: [error.message] };
  throw error;
}
