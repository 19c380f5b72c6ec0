import * as argon2 from '../../node_modules/@node-rs/argon2';

type Argon2 = typeof argon2;

/**
 * What tests have for `@node-rs/argon2` (jest.config.js): the same hashes at a fraction of their cost, which they have
 * to have for who guesses, and not for tests that sign in all the time. src/auth/password.spec.ts sees the real one.
 */
export const hash: Argon2['hash'] = (password, options) =>
  argon2.hash(password, { ...options, memoryCost: 8, timeCost: 1 });

export const verify: Argon2['verify'] = (hashed, password, options) =>
  argon2.verify(String(hashed).replace('m=19456,t=2', 'm=8,t=1'), password, options);
