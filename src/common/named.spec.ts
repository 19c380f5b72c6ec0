import { AppError } from './app-error';
import { named } from './named';

const one = { id: '00000000-0000-0000-0000-0000000000a1', name: 'Default' };
const twin = { id: '00000000-0000-0000-0000-0000000000a2', name: 'ovirtmgmt' };
const otherTwin = { id: '00000000-0000-0000-0000-0000000000a3', name: 'ovirtmgmt' };
/** Somebody named it by another's id. */
const trap = { id: '00000000-0000-0000-0000-0000000000a4', name: one.id };
const all = [trap, one, twin, otherTwin];

it.each([
  ['an id', one.id],
  ['an id in capitals', one.id.toUpperCase()],
  ['a name that one bears', 'Default'],
])('%s will do', (_, asked) => {
  expect(named('cluster', asked, all)).toBe(one);
});

it('several of one name are told apart by their ids, which the error lists', () => {
  const refusal = refusalOf(() => named('vnic_profile', 'ovirtmgmt', all));
  expect([refusal.code, refusal.details.reason]).toEqual(['invalid', 'ambiguous']);
  expect(refusal.details.fields?.vnic_profile?.[0]).toContain('name of 2');
  expect(refusal.details.candidates).toEqual([twin, otherTwin]);
});

it.each(['default', 'Defaul', '', one.id.replace('a1', 'ff')])('"%s" is none', (asked) => {
  const refusal = refusalOf(() => named('cluster', asked, all));
  expect([refusal.code, refusal.details.reason]).toEqual(['invalid', undefined]);
});

function refusalOf(call: () => unknown): AppError {
  try {
    call();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was taken');
}
