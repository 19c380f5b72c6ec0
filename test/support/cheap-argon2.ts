import { hash as realHash } from '../../node_modules/@node-rs/argon2';

export { verify } from '../../node_modules/@node-rs/argon2';

/**
 * With `verify` what tests have for `@node-rs/argon2` (jest.config.js): the hashes' cost, which is for those who guess,
 * would be a good part of that of tests that sign in all the time. src/auth/password.spec.ts sees the real ones.
 */
export const hash: typeof realHash = (password, options) =>
  realHash(password, { ...options, memoryCost: 8, timeCost: 1 });
