import { AppError } from '../common/app-error';

/** A search was stopped; trying again helps only when it asks for less. */
export function searchTooSlow(patienceMs: number): AppError {
  return new AppError(
    'search_too_slow',
    `The search takes longer than ${patienceMs / 1_000} s and was stopped: narrow it, for instance by the beginning of a name, by fewer patterns (~), facts or words, or to fewer hosts`,
  );
}

/** A search was not begun: others hold all that searches may use. */
export function searchesBusy(): AppError {
  return new AppError('unavailable', 'Too many searches run at this moment: try again soon', {
    reason: 'searches_busy',
    retryAfterSeconds: 5,
  });
}
