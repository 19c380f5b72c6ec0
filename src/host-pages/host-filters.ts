import { allOf, compare, parseSearch, printSearch, type SearchNode } from '../search';

/** One choice of the filter menu. `search` is the list's search after choosing it, or after taking it back. */
export interface FilterChoice {
  label: string;
  search: string;
  chosen: boolean;
}

export interface FilterGroup {
  name: string;
  choices: FilterChoice[];
}

/** What there is to choose from, beside what is always there. */
export interface FilterValues {
  operatingSystems: readonly string[];
  hostgroups: readonly string[];
}

type Conditions = [label: string, search: string][];

const STATUS: Conditions = [
  ['Failed', 'status.failed > 0 or status.failed_restarts > 0'],
  ['Changed', 'status.applied > 0 or status.restarted > 0'],
  ['Changes pending', 'status.pending > 0'],
  ['Out of sync', 'status.out_of_sync = true'],
  ['Alerts disabled', 'status.enabled = false'],
];
const LAST_REPORT: Conditions = [
  ['In the last hour', 'last_report > "1 hour ago"'],
  ['In the last day', 'last_report > "1 day ago"'],
  ['In the last 2 days', 'last_report > "2 days ago"'],
  ['In the last week', 'last_report > "7 days ago"'],
  ['Never', 'not has last_report'],
];

/** The filter menu: of each group one condition at most holds beside the rest of the search. */
export function hostFilters(current: SearchNode | null, values: FilterValues): FilterGroup[] {
  const groups: [string, Conditions][] = [
    ['Operating system', values.operatingSystems.map((name) => [name, printSearch(compare('os', '=', name))])],
    ['Host group', values.hostgroups.map((title) => [title, printSearch(compare('hostgroup_title', '=', title))])],
    ['Last run', STATUS],
    ['Last report', LAST_REPORT],
  ];
  return groups
    .filter(([, conditions]) => conditions.length > 0)
    .map(([name, conditions]) => ({ name, choices: choices(current, conditions) }));
}

function choices(current: SearchNode | null, conditions: Conditions): FilterChoice[] {
  const nodes = conditions.map(([label, search]) => ({ label, node: parseSearch(search) }));
  const texts = new Set(nodes.map(({ node }) => print(node)));
  const parts = current === null ? [] : current.kind === 'and' ? current.nodes : [current];
  const rest = allOf(...parts.filter((part) => !texts.has(print(part))));
  const held = new Set(parts.map(print));
  return nodes.map(({ label, node }) => {
    const chosen = held.has(print(node));
    return { label, chosen, search: print(chosen ? rest : allOf(rest, node)) };
  });
}

const print = (node: SearchNode | null): string => (node === null ? '' : printSearch(node));
