import type { DemoHost } from './fleet';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * When the host reported up to `now`, newest first. All instants lie on a grid that does not move with `now`, so that
 * a later call continues an earlier one. Puppet's half-hourly runs are thinned with age: all of the last 4 hours, one
 * in 2 hours of the last day, one in 12 hours of the last week, one a day before.
 */
export function reportTimes(host: DemoHost, now: Date): Date[] {
  if (host.character === 'unreported') return [];
  const quiet = host.character === 'silent' || host.character === 'disabled';
  const until = now.getTime() - (quiet ? host.troubleHours * hour : 0);
  const oldest = now.getTime() - 30 * day;
  const isPuppet = host.role.origin === 'Puppet';
  const step = isPuppet ? 30 * minute : day;
  const offset = host.splaySeconds * 1000 + (isPuppet ? 0 : 2 * hour);
  const times: Date[] = [];
  for (let slot = Math.floor((until - offset) / step); slot * step + offset >= oldest; slot -= 1) {
    const at = slot * step + offset;
    if (!isPuppet || isKept(slot, now.getTime() - at, host.dense)) times.push(new Date(at));
  }
  return times;
}

/** The slot of 08:00 UTC is kept longest, for the weekly updates fall into it. */
function isKept(slot: number, age: number, dense: boolean): boolean {
  if (age < 4 * hour || (dense && age < 7 * day)) return true;
  if (age < day) return slot % 4 === 0;
  return age < 7 * day ? slot % 24 === 16 : slot % 48 === 16;
}

/** Updates are rolled out on Tuesdays from 08:00 to 08:30 UTC, or in the night before with Ansible. */
export function isUpdateDay(at: Date, host: DemoHost): boolean {
  if (at.getUTCDay() !== 2) return false;
  return host.role.origin === 'Ansible' || (at.getUTCHours() === 8 && at.getUTCMinutes() < 30);
}
