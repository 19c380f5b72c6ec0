import { countOf, formatSeconds, percentOf, relativeTime, timeView } from './view-format';

const now = new Date('2026-11-22T12:00:00Z');
const before = (ms: number) => new Date(now.getTime() - ms);
const MINUTE = 60_000;

describe('relativeTime', () => {
  it.each([
    [59_000, 'just now'],
    [MINUTE, '1 minute ago'],
    [59.9 * MINUTE, '59 minutes ago'],
    [60 * MINUTE, '1 hour ago'],
    [47 * 60 * MINUTE, '47 hours ago'],
    [48 * 60 * MINUTE, '2 days ago'],
    [-5 * MINUTE, 'in 5 minutes'],
  ])('%d ms earlier is "%s"', (ms, text) => {
    expect(relativeTime(before(ms), now)).toBe(text);
  });
});

describe('timeView', () => {
  it.each([
    ['relative', '2 minutes ago'],
    ['moment', '22 Nov 2026, 11:58 UTC'],
    ['clock', '11:58:00 UTC'],
  ] as const)('%s text says the time, the title the exact instant', (style, text) => {
    expect(timeView(before(2 * MINUTE), now, style)).toEqual({
      iso: '2026-11-22T11:58:00.000Z',
      style,
      text,
      title: '22 Nov 2026, 11:58 UTC',
    });
  });
});

it.each([
  [251, 312, 80],
  [0, 0, 0],
  [299, 300, 99],
])('percentOf %i of %i is %i, rounded down', (part, whole, percent) => {
  expect(percentOf(part, whole)).toBe(percent);
});

it('countOf agrees in number and groups thousands', () => {
  expect([countOf(1, 'host'), countOf(100000, 'host'), countOf(0, 'host')]).toEqual([
    '1 host',
    '100,000 hosts',
    '0 hosts',
  ]);
});

it('formatSeconds keeps two decimals', () => {
  expect(formatSeconds(12.414)).toBe('12.41 s');
});
