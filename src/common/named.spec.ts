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
  const ask = () => named('vnic_profile', 'ovirtmgmt', all);
  expect(ask).toThrow(AppError);
  expect(ask).toThrow(
    expect.objectContaining({
      code: 'invalid',
      details: {
        reason: 'ambiguous',
        fields: { vnic_profile: [expect.stringContaining('name of 2')] },
        candidates: [twin, otherTwin],
      },
    }),
  );
});

it.each(['default', 'Defaul', '', one.id.replace('a1', 'ff')])('"%s" is none', (asked) => {
  expect(() => named('cluster', asked, all)).toThrow(expect.objectContaining({ code: 'invalid' }));
});
