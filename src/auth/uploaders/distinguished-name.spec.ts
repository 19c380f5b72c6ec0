import { commonNameOf } from './distinguished-name';

it.each([
  ['CN=web1.example.com', 'web1.example.com'],
  ['CN=web1.example.com,O=Example', 'web1.example.com'],
  [' O = Example , cn = web1.example.com ', 'web1.example.com'],
  ['OU=a+OU=b,CN=web1', 'web1'],
  ['2.5.4.3=web1,O=x', 'web1'],
  ['CN=a\\,b', 'a,b'],
  ['CN=a\\+CN\\=b', 'a+CN=b'],
  ['CN=a\\2Cb,O=x', 'a,b'],
  ['CN=a\\"b\\\\c', 'a"b\\c'],
  ['CN=\\ a\\ ', ' a '],
  ['CN=\\C3\\A9t\\C3\\A9', 'été'],
  ['CN=\xc3\xa9t\xc3\xa9', 'été'],
  ['O=x\\,CN=puppet,CN=web1', 'web1'],
  ['CN=a=b', 'a=b'],
])('%s names %s', (subject, name) => {
  expect(commonNameOf(subject)).toBe(name);
});

it.each([
  ['nothing', ''],
  ['no common name', 'O=Example'],
  ['an empty one', 'CN=,O=x'],
  ['two', 'CN=a,CN=b'],
  ['two in one place', 'CN=a+CN=b'],
  ['one beside another attribute', 'CN=a+OU=b'],
  ['one after another attribute', 'OU=b+CN=a,O=x'],
  ['one inside an escaped value', 'O=x\\,CN=puppet'],
  ['one by number and one by name', 'CN=a,2.5.4.3=b'],
  ['the old form', '/O=x/CN=web1'],
  ['quotes', 'CN="a,CN=b"'],
  ['encoded bytes', 'CN=#0C0161'],
  ['an end in the middle of an escape', 'CN=a\\'],
  ['an attribute without a value', 'CN=a,junk'],
  ['an end in a separator', 'CN=a,'],
])('%s is no name', (_, subject) => {
  expect(commonNameOf(subject)).toBeNull();
});
