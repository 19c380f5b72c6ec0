/** The most expensive searches that fit into the limits, for hosts. */
export const COSTLY_SEARCHES: Record<string, string> = {
  'lists of names': and(12, `name ^ ${list(25)}`),
  'lists of names and their opposites': and(12, `(name ^ ${list(12)} or not id !^ ${list(12)})`),
  'lists of host groups': and(12, `hostgroup ^ ${list(25)}`),
  'lists of numbers, none of which': and(12, `status.failed !^ ${list(25)}`),
  'lists of dates': and(4, `last_report ^ ${list(70, (i) => `20${10 + (i % 60)}-${1 + (i % 12)}-${1 + (i % 28)}`)}`),
  'one long list of dates, none of which': `last_report !^ ${list(300, (i) => `20${10 + (i % 90)}-0${1 + (i % 9)}`)}`,
  'lists of words': and(10, `^ ${list(15)}`),
  'a long list of words': `^ ${list(300)}`,
  'lists of words, none of which': and(10, `!^ ${list(15)}`),
  'lists of facts': and(20, `facts.color ^ ${list(15)}`),
  'lists of facts, none of which': and(20, `facts.color !^ ${list(15, (i) => (i % 2 ? `${i}` : `v${i}`))}`),
  'alternatives on one field': and(12, `(${or(8, 'name = a')})`),
  'alternatives on many fields': and(
    10,
    '(name=a|ip=b|uuid=c|os=d|last_report>today|id=4|status.failed>0|has comment|mac=x|origin=y)',
  ),
  'alternatives of two': and(50, '(name = a or last_report = today)'),
  'alternatives of conditions': and(10, `(${or(5, '(hostgroup = a and last_report != today)')})`),
  'words in alternatives': and(2, '(web or db or a or e or x)'),
  words: and(10, 'e'),
  'words, none of which': and(10, 'not zzz'),
  'patterns of many parts': and(20, `comment ~ ${'*a*e'.repeat(30)}`),
  'patterns in letters of two cases': and(10, `comment ~ ${'*ä*é'.repeat(40)}`),
  'patterns of facts': and(20, 'facts.note !~ *x*x*x*x*x*x*x*x*x*y'),
  'facts in alternatives': `(${or(20, 'facts.color = green')})`,
  'facts compared by size': and(20, 'facts.size > 1'),
  'negations of everything': `${'!('.repeat(50)}${and(50, 'os != a')}${')'.repeat(50)}`,
  'negations one in the other': `${'!(name=a or '.repeat(49)}name=b${')'.repeat(49)}`,
  'groups one in the other': `${'(os=a or hostgroup=b and '.repeat(48)}name=b${')'.repeat(48)}`,
  'related texts': and(100, 'os_title != a'),
  'presence and absence': and(50, '(has os_major or null? hostgroup)'),
  'virtual machines': and(20, 'vm.name != a'),
};

const HOST = 'host != a';
const OF_HOSTS = { 'conditions on hosts': and(3, HOST), 'patterns of hosts': and(3, 'host ~ e') };

/** The most expensive ones for reports. */
export const COSTLY_REPORT_SEARCHES: Record<string, string> = {
  ...OF_HOSTS,
  words: and(3, 'e'),
  'patterns of origins': and(3, `origin !~ ${'*ä*é'.repeat(40)}`),
  'environments and all else': `${and(7, 'eventful = false')} and ${and(3, 'environment != a')}`,
  'the newest': `${and(7, 'eventful = false')} and ${and(3, 'last_report = false')}`,
  'lists of counters, none of which': and(10, `failed !^ ${list(30)}`),
};

/** The most expensive ones for facts. */
export const COSTLY_FACT_SEARCHES: Record<string, string> = {
  ...OF_HOSTS,
  'patterns of values': and(3, `value !~ ${'*ä*é'.repeat(40)}`),
  'names, and all else': `${and(2, 'fact != a')} and ${and(3, HOST)}`,
  'lists of values, none of which': and(5, `value !^ ${list(60)}`),
};

function and(times: number, condition: string): string {
  return Array<string>(times).fill(condition).join(' and ');
}

function or(times: number, condition: string): string {
  return Array<string>(times).fill(condition).join(' or ');
}

function list(length: number, value = (i: number) => `${i}`): string {
  return `(${Array.from({ length }, (_, i) => value(i)).join(',')})`;
}
