import { parseSearch, printSearch } from '../search';
import { hostFilters } from './host-filters';

const values = { operatingSystems: ['CentOS', 'Rocky "9"'], hostgroups: ['web/frontend'] };
const choice = (search: string, label: string) => {
  const found = hostFilters(parseSearch(search), values)
    .flatMap(({ choices }) => choices)
    .find((each) => each.label === label);
  if (found === undefined) throw new Error(`no choice ${label}`);
  return found;
};
const printed = (search: string) => printSearch(parseSearch(search) ?? { kind: 'word', term: { text: '' } });

describe('hostFilters', () => {
  it.each([
    ['', 'CentOS', 'os = CentOS'],
    ['os = CentOS', 'Failed', 'os = CentOS and (status.failed > 0 or status.failed_restarts > 0)'],
    ['web', 'In the last 2 days', 'web and last_report > "2 days ago"'],
    ['a = 1 or b = 2', 'CentOS', '(a = 1 or b = 2) and os = CentOS'],
    ['os = CentOS and web', 'Rocky "9"', 'web and os = "Rocky \\"9\\""'],
    ['web and (status.failed > 0 or status.failed_restarts > 0)', 'Changes pending', 'web and status.pending > 0'],
    ['web', 'Never', 'web and not has last_report'],
  ])('with %p, choosing %s searches %s', (search, label, expected) => {
    expect(choice(search, label)).toEqual({ label, chosen: false, search: printed(expected) });
  });

  it.each([
    ['os = CentOS', 'CentOS', ''],
    ['web and last_report > "2 days ago"', 'In the last 2 days', 'web'],
  ])('with %p, %s is marked and taken back', (search, label, expected) => {
    expect(choice(search, label)).toEqual({ label, chosen: true, search: expected });
  });

  it('groups without values are left out', () => {
    const groups = hostFilters(null, { operatingSystems: [], hostgroups: [] });
    expect(groups.map(({ name }) => name)).toEqual(['Last run', 'Last report']);
  });
});
