import { SecretBox } from './secret-box';

const key = 'a'.repeat(32);
const other = 'b'.repeat(32);

describe('SecretBox', () => {
  it('opens what it sealed, and never seals one text alike twice', () => {
    const box = new SecretBox({ current: key });
    const sealed = box.seal('pässword', 'test');
    expect(sealed).not.toContain('pässword');
    expect(box.seal('pässword', 'test')).not.toBe(sealed);
    expect(box.open(sealed, 'test')).toEqual({ text: 'pässword', stale: false });
  });

  it('opens what the previous key sealed, and says that it is stale', () => {
    const sealed = new SecretBox({ current: key }).seal('x', 'test');
    expect(new SecretBox({ current: other, previous: key }).open(sealed, 'test')).toEqual({ text: 'x', stale: true });
  });

  it('seals anew what the previous key sealed, and nothing else', () => {
    const sealed = new SecretBox({ current: key }).seal('x', 'test');
    const box = new SecretBox({ current: other, previous: key });
    const anew = box.sealAnew(sealed, 'test') ?? '';
    expect(new SecretBox({ current: other }).open(anew, 'test')).toEqual({ text: 'x', stale: false });
    expect(box.sealAnew(anew, 'test')).toBeNull();
  });

  it.each([
    [
      'another key',
      () => new SecretBox({ current: other }).open(new SecretBox({ current: key }).seal('x', 'test'), 'test'),
    ],
    [
      'another purpose',
      () => new SecretBox({ current: key }).open(new SecretBox({ current: key }).seal('x', 'test'), 'else'),
    ],
    [
      'a changed text',
      () => new SecretBox({ current: key }).open(`${new SecretBox({ current: key }).seal('x', 'test')}A`, 'test'),
    ],
    ['no sealed text', () => new SecretBox({ current: key }).open('hello', 'test')],
  ])('refuses %s', (_, open) => {
    expect(open).toThrow(/SECRET_KEY_PREVIOUS/);
  });

  it('verifies its own signatures for their purpose only', () => {
    const box = new SecretBox({ current: key });
    const signature = box.sign('session', 'csrf');
    expect([
      box.verify('session', signature, 'csrf'),
      box.verify('session', signature, 'else'),
      box.verify('x', signature, 'csrf'),
    ]).toEqual([true, false, false]);
  });
});
