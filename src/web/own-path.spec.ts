import { ownPath } from './own-path';

describe('ownPath', () => {
  it.each(['/foreman/hosts', '/foreman/hosts?search=a%20b&page=2'])('takes %s', (path) => {
    expect(ownPath(path, '/foreman')).toBe(path);
  });

  it.each([
    'https://evil.example/foreman/hosts',
    '//evil.example/foreman/',
    '/\\evil.example/foreman/',
    '/foreman/../admin',
    '/foreman/..//evil.example',
    '/%2e%2e//evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/foremanx/hosts',
    '',
    undefined,
    ['/foreman/hosts'],
  ])('refuses %j', (path) => {
    expect(ownPath(path, '/foreman')).toBeNull();
  });

  it('never leads to another origin when the service owns the whole of its own', () => {
    expect(['//evil.example', '/..//evil.example', '/./\\evil.example'].map((path) => ownPath(path, ''))).toEqual([
      null,
      null,
      null,
    ]);
  });
});
