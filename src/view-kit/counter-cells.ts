import { COUNTERS, type CounterName, type Counters } from '../common/counters';
import { formatCount } from './view-format';

const HEADS: Record<CounterName, { short: string; name: string }> = {
  applied: { short: 'A', name: 'Applied' },
  restarted: { short: 'R', name: 'Restarted' },
  failed: { short: 'F', name: 'Failed' },
  failed_restarts: { short: 'FR', name: 'Failed restarts' },
  skipped: { short: 'S', name: 'Skipped' },
  pending: { short: 'P', name: 'Pending' },
};

export const counterShort = (name: CounterName): string => HEADS[name].short;
export const counterName = (name: CounterName): string => HEADS[name].name;

/** For the partial `counter-heads`. */
export interface CounterHead {
  counter: CounterName;
  short: string;
  name: string;
}

/** Column heads of the six counters, in the order of `counterCells`. */
export const COUNTER_HEADS: CounterHead[] = COUNTERS.map((counter) => ({ counter, ...HEADS[counter] }));

export interface CounterCell {
  name: string;
  value: string;
  /** `zero` steps back, `bad` stands out. */
  tone: 'zero' | 'bad' | 'plain';
}

function tone(name: CounterName, value: number): CounterCell['tone'] {
  if (value === 0) return 'zero';
  return name === 'failed' || name === 'failed_restarts' ? 'bad' : 'plain';
}

export function counterCells(counters: Counters): CounterCell[] {
  return COUNTERS.map((name) => ({
    name: HEADS[name].name,
    value: formatCount(counters[name]),
    tone: tone(name, counters[name]),
  }));
}
