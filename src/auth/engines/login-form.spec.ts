import { faultIn } from './login-form';

describe('a login form', () => {
  const told = { told: true };
  const form = { login: 'l', password: 'p' };

  it.each([
    ['login', 255, 'bad_credentials'],
    ['password', 16_384, 'malformed_secret'],
  ])('may have a %s of %d characters, and no longer one', (field, most, fault) => {
    expect(faultIn({ ...form, [field]: 'x'.repeat(most) }, told)).toBeNull();
    expect(faultIn({ ...form, [field]: 'x'.repeat(most + 1) }, told)).toBe(fault);
  });
});
