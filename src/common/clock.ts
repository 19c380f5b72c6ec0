/** Where "now" comes from: services take a Clock, so that tests can set the time. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
