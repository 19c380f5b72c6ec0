const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** The words of src/web/view-format.ts, kept true while the page stays open. */
function relativeTime(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  const age = Math.abs(ms);
  if (age < MINUTE_MS) return 'just now';
  if (age < HOUR_MS) return relative.format(Math.trunc(ms / MINUTE_MS), 'minute');
  if (age < 2 * DAY_MS) return relative.format(Math.trunc(ms / HOUR_MS), 'hour');
  return relative.format(Math.trunc(ms / DAY_MS), 'day');
}

function textOf(style: string | undefined, at: Date): string {
  if (style === 'relative') return relativeTime(at, new Date());
  return (style === 'clock' ? clock : moment).format(at);
}

/** Shows every `<time data-time>` under `root` in the reader's zone, with the exact instant as its title. */
export function localiseTimes(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>('time[data-time]')) {
    const at = new Date(element.dateTime);
    const text = textOf(element.dataset['time'], at);
    if (element.textContent !== text) element.textContent = text;
    element.title = exact.format(at);
  }
}

export function keepTimesLocal(): void {
  localiseTimes(document);
  setInterval(() => localiseTimes(document), MINUTE_MS / 2);
}
