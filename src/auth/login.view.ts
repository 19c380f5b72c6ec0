import type { LoginPage, PlainLayout } from '../view-kit';
import type { Urls } from '../web';
import { refusalText } from './login-refusal';

interface LoginState {
  /** The reason that came back with a refused login. */
  refused?: string;
  /** Where to go on; already known to be a page of ours. */
  originalUri: string | null;
}

/** Locals of auth/login.hbs. */
export function loginPage(
  { refused, originalUri }: LoginState,
  urls: Urls,
): LoginPage & PlainLayout & { layout: string } {
  return {
    layout: 'layouts/plain',
    title: 'Sign in',
    homeUrl: urls.url('/hosts'),
    navigation: [],
    action: urls.url('/users/login'),
    hidden: originalUri === null ? [] : [{ name: 'original_uri', value: originalUri }],
    login: '',
    refusal: refused === undefined ? undefined : (refusalText(refused) ?? 'Signing in was refused'),
  };
}
