/* eslint-disable no-console -- webadmin's logger writes into the browser's console */

/** Webadmin's logger, its own and what `logger()` gives plugins. */
export const logger = {
  info: (text: string): void => console.info(text),
  warning: (text: string): void => console.warn(text),
  severe: (text: string): void => console.error(text),
};
