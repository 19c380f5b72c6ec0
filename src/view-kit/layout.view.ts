import type { LinkView } from './page-links';

/** Locals of layouts/plain.hbs, for pages of our own: login, administration, errors outside frames. */
export interface PlainLayout {
  title: string;
  homeUrl: string;
  navigation: (LinkView & { current: boolean })[];
  /** Absent while nobody is signed in. */
  account?: { name: string; href: string; signOutUrl: string; hidden: HiddenField[] };
}

/** E.g. the CSRF token of a form. */
export interface HiddenField {
  name: string;
  value: string;
}

/** Locals of auth/login.hbs. */
export interface LoginPage {
  action: string;
  hidden: HiddenField[];
  /** What one may sign in with; empty where there is one thing only. */
  choices: { value: string; label: string; selected: boolean }[];
  /** The login that was tried before. */
  login: string;
  /** Why it was refused. */
  refusal?: string;
}
