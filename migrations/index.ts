import { CreateHostsAndReports1795300000000 } from './1795300000000-create-hosts-and-reports';

/** In order. A migration that has landed is never edited: databases made with it exist. */
export const MIGRATIONS = [CreateHostsAndReports1795300000000];
