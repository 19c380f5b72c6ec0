import { DateTime, DurationLikeObject, Info } from 'luxon';

/**
 * A date as a search means it, in epoch milliseconds. `=` asks for [from, to). Greater and less compare with `instant`
 * where the text names one ("2 days ago", a time of day), else with the whole of [from, to) ("2012-12-20").
 */
export interface SearchDate {
  from: number;
  to: number;
  instant?: number;
}

const RELATIVE = /^(\d{1,6}) (minute|hour|day|week|month|year)s? (ago|from now)$/;
const DATE_AND_TIME = /^(.{6,20}?)[t ](\d{1,2}:\d\d)(:\d\d)?([.,]\d{1,9})? ?(z|utc|gmt|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/;
const NAMED_DAYS = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
]);
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WEEKDAY = /^(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?$/;
const DAYS = [
  /^(?<year>\d{4})([-/])(?<month>\d{1,2})\2(?<day>\d{1,2})$/,
  /^(?<year>\d\d)-(?<month>\d\d)-(?<day>\d\d)$/,
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4}|\d\d)$/,
  /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  /^(?<month>[a-z]{3,9})\.? (?<day>\d{1,2}),? (?<year>\d{4})$/,
  /^(?<day>\d{1,2})([ -])(?<month>[a-z]{3,9})\2(?<year>\d{4})$/,
];
const WHOLE_MONTHS = [/^(?<year>\d{4})-(?<month>\d{1,2})$/, /^(?<month>[a-z]{3,9}) (?<year>\d{4})$/];
const MONTHS = Info.months('long', { locale: 'en-US' }).map((name) => name.toLowerCase());

/**
 * Reads a date of a search: today, yesterday, tomorrow, "3 days ago", "2 hours from now", a weekday (the latest one,
 * today included), a day ("2012-12-20", "Jan 23, 2004", …), a month, or a day with a time. UTC unless an offset is given.
 * undefined where the text is no date.
 */
export function parseSearchDate(text: string, now: Date): SearchDate | undefined {
  if (text.length > 64) return undefined;
  const wanted = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const utcNow = DateTime.fromJSDate(now, { zone: 'utc' });
  return namedDay(wanted, utcNow) ?? relative(wanted, utcNow) ?? absolute(wanted) ?? timestamp(wanted);
}

function namedDay(text: string, now: DateTime): SearchDate | undefined {
  const offset = NAMED_DAYS.get(text);
  if (offset !== undefined) return whole(now.plus({ days: offset }), 'day');
  const weekday = WEEKDAY.exec(text)?.[1];
  if (!weekday) return undefined;
  const daysSince = (now.weekday - 1 - WEEKDAYS.indexOf(weekday.slice(0, 3)) + 7) % 7;
  return whole(now.minus({ days: daysSince }), 'day');
}

function relative(text: string, now: DateTime): SearchDate | undefined {
  const [, count, unit, direction] = RELATIVE.exec(text) ?? [];
  if (!count || !unit) return undefined;
  const distance: DurationLikeObject = { [`${unit}s`]: Number(count) };
  const at = direction === 'ago' ? now.minus(distance) : now.plus(distance);
  if (!at.isValid) return undefined;
  if (unit === 'minute') return moment(at, { minutes: 1 });
  if (unit === 'hour') return moment(at, { hours: 1 });
  return { ...whole(at, 'day'), instant: at.toMillis() };
}

function absolute(text: string): SearchDate | undefined {
  const day = dateIn(text, DAYS);
  if (day) return whole(day, 'day');
  const month = dateIn(text, WHOLE_MONTHS);
  return month && whole(month, 'month');
}

function timestamp(text: string): SearchDate | undefined {
  const [, date, minutes, seconds = '', fraction = '', offset = 'z'] = DATE_AND_TIME.exec(text) ?? [];
  const day = date && dateIn(date, DAYS);
  if (!day || !minutes || (fraction && !seconds)) return undefined;
  const time = `${minutes.padStart(5, '0')}${seconds}${fraction.replace(',', '.')}`;
  const at = DateTime.fromISO(`${day.toISODate()}T${time}${/[+-]/.test(offset) ? offset : 'z'}`, { zone: 'utc' });
  if (!at.isValid) return undefined;
  if (fraction) return moment(at, { milliseconds: 1 });
  return moment(at, seconds ? { seconds: 1 } : { minutes: 1 });
}

function dateIn(text: string, patterns: RegExp[]): DateTime<true> | undefined {
  const parts = patterns.map((pattern) => pattern.exec(text)?.groups).find((groups) => groups);
  if (!parts) return undefined;
  const { year = '', month = '', day = '1' } = parts;
  const date = DateTime.utc(fullYear(year), monthNumber(month), Number(day));
  return date.isValid ? date : undefined;
}

const fullYear = (year: string): number => Number(year) + (year.length > 2 ? 0 : Number(year) < 70 ? 2000 : 1900);

/** 0, which is no month, for a name that is none. */
const monthNumber = (month: string): number =>
  /\d/.test(month) ? Number(month) : MONTHS.findIndex((name) => name === month || name.slice(0, 3) === month) + 1;

function whole(date: DateTime, unit: 'day' | 'month'): SearchDate {
  const from = date.startOf(unit);
  return { from: from.toMillis(), to: from.plus({ [`${unit}s`]: 1 }).toMillis() };
}

const moment = (at: DateTime, span: DurationLikeObject): SearchDate => ({
  instant: at.toMillis(),
  from: at.toMillis(),
  to: at.plus(span).toMillis(),
});
