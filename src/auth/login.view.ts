import type { LoginPage, PlainLayout } from '../web';
import type { Urls } from '../web';

/** Locals of auth/login.hbs. */
export function loginPage({ refused }: { refused: boolean }, urls: Urls): LoginPage & PlainLayout & { layout: string } {
  return {
    layout: 'layouts/plain',
    title: 'Sign in',
    homeUrl: urls.url('/hosts'),
    navigation: [],
    action: urls.url('/users/login'),
    hidden: [],
    login: '',
    refusal: refused ? 'Incorrect username or password' : undefined,
  };
}
