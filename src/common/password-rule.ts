/** Characters of a password of ours. */
export const MIN_PASSWORD = 8;
const MAX_PASSWORD = 1_000;

/** What is wrong with a password that somebody chose, as said of a field; null = nothing. */
export function passwordFault(password: string): string | null {
  if (password === '') return "can't be blank";
  if (password.length < MIN_PASSWORD) return `is too short (minimum is ${MIN_PASSWORD} characters)`;
  return password.length > MAX_PASSWORD ? `is too long (maximum is ${MAX_PASSWORD} characters)` : null;
}
