import { MINUTE_MS } from '../common/clock';

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const numbers = new Intl.NumberFormat('en-US');
const seconds = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' });

/** 100000 → "100,000". */
export function formatCount(count: number): string {
  return count < 1000 ? String(count) : numbers.format(count); // most counts are small, and Intl is slow
}

/** 12.345 → "12.35 s". */
export function formatSeconds(value: number): string {
  return `${seconds.format(value)} s`;
}

/** Whole percent, rounded down, 0 when there is no whole (Foreman: dashboard.rb percentage). */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part * 100) / whole);
}

/** "1 host", "1,024 hosts". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "just now", "3 minutes ago", "in 2 hours", "12 days ago"; assets/times.ts says it in the same words. */
export function relativeTime(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  const age = Math.abs(ms);
  if (age < MINUTE_MS) return 'just now';
  if (age < HOUR_MS) return relative.format(Math.trunc(ms / MINUTE_MS), 'minute');
  if (age < 2 * DAY_MS) return relative.format(Math.trunc(ms / HOUR_MS), 'hour');
  return relative.format(Math.trunc(ms / DAY_MS), 'day');
}

export type TimeStyle = 'relative' | 'moment' | 'clock';

/** For the partial `time`: UTC text that the browser replaces by the reader's zone. */
export interface TimeView {
  iso: string;
  style: TimeStyle;
  text: string;
  /** The exact instant, where the text is only relative. */
  title: string;
}

/** An instant as "1 minute ago" (`relative`), "22 Nov 2026, 14:32 UTC" (`moment`) or "14:32:05 UTC" (`clock`). */
export function timeView(at: Date, now: Date, style: TimeStyle): TimeView {
  const title = `${moment.format(at)} UTC`;
  const texts: Record<TimeStyle, () => string> = {
    relative: () => relativeTime(at, now),
    moment: () => title,
    clock: () => `${clock.format(at)} UTC`,
  };
  return { iso: at.toISOString(), style, text: texts[style](), title };
}
