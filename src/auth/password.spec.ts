import { PasswordVerifier, hashPassword } from './password';

describe('hashPassword', () => {
  it('gives an argon2id hash of 19 MiB and 2 passes, another one each time', async () => {
    const [first, second] = await Promise.all([hashPassword('secret'), hashPassword('secret')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(second).not.toBe(first);
  });
});

describe('PasswordVerifier', () => {
  it('tells the right password from others, and remembers only the right one', async () => {
    const verifier = new PasswordVerifier();
    const stored = await hashPassword('secret');
    expect(await Promise.all(['secret', 'Secret', ''].map((typed) => verifier.verify(typed, stored)))).toEqual([
      true,
      false,
      false,
    ]);
    expect(['secret', 'Secret', ''].map((typed) => verifier.remembers(typed, stored))).toEqual([true, false, false]);
  });

  it('finds no password right for an account that is not there', async () => {
    expect(await new PasswordVerifier().verify('secret', null)).toBe(false);
  });
});
