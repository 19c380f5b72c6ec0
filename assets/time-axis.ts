import type { ChartOptions } from 'chart.js';

const HOUR = 3_600_000;
/** Distances between ticks in hours, so that each falls on a round time of the reader's day. */
const STEPS = [1, 3, 6, 12, 24, 48, 72, 120, 168, 336, 720];

export interface TimeTick {
  value: number;
  label: string;
}

const hours = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekdays = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric' });
const days = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** Ticks for [from, to] (epoch milliseconds), at most `most`, on local hours or midnights, also across clock changes. */
export function timeTicks(from: number, to: number, most: number): TimeTick[] {
  const span = (to - from) / HOUR;
  const step = STEPS.find((each) => span / each <= most) ?? Math.ceil(span / most / 24) * 24;
  const ticks: TimeTick[] = [];
  const at = new Date(from);
  at.setHours(0, 0, 0, 0);
  while (at.getTime() <= to) {
    const midnight = at.getHours() === 0;
    const label = !midnight ? hours.format(at) : span <= 8 * 24 ? weekdays.format(at) : days.format(at);
    if (at.getTime() >= from) ticks.push({ value: at.getTime(), label });
    if (step < 24) at.setHours(at.getHours() + step);
    else at.setDate(at.getDate() + step / 24);
  }
  return ticks;
}

const TICK_WIDTH = 56;

/** A scale from `from` to `to` with as many ticks as its chart is wide enough for. */
export function timeScale(from: number, to: number): NonNullable<ChartOptions<'line'>['scales']>[string] {
  let labels = new Map<number, string>();
  return {
    type: 'linear',
    min: from,
    max: to,
    grid: { display: false },
    afterBuildTicks: (axis) => {
      const ticks = timeTicks(from, to, Math.max(2, Math.floor(axis.chart.width / TICK_WIDTH)));
      labels = new Map(ticks.map(({ value, label }) => [value, label]));
      axis.ticks = ticks.map(({ value }) => ({ value }));
    },
    ticks: { autoSkip: false, maxRotation: 0, callback: (value) => labels.get(Number(value)) ?? '' },
  };
}
