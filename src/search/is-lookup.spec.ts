import { defineFields } from './field-definitions';
import { isLookup } from './is-lookup';
import { parseSearch } from './parse-search';

const fields = defineFields('hosts', {
  name: { type: 'string', sql: 'hosts.name', identifies: true },
  os: { type: 'string', sql: 'hosts.os' },
});
const list = (length: number) => `name ^ (${Array.from({ length }, (_, i) => `web${i}`).join(', ')})`;

it.each([
  ['name = web1', true],
  ['name = web1 or name = web2', true],
  [list(20), true],
  [list(21), false],
  [`${list(15)} or ${list(15)}`, false],
  ['name != web1', false],
  ['name !^ (web1, web2)', false],
  ['name ~ web1', false],
  ['name > web1', false],
  ['not name = web1', false],
  ['os = Debian', false],
  ['name = web1 or os = Debian', false],
  ['unknown = web1', false],
  ['web1', false],
  ['= web1', false],
])('%s: %s', (text, expected) => {
  const node = parseSearch(text);
  expect(node !== null && isLookup(node, fields)).toBe(expected);
});
