import type { PageData } from '../page-data';
import { showLogin } from './login-view';
import { drawView } from './view';
import { Webadmin } from './webadmin';

declare global {
  interface Window {
    /** Written into the page by the server. */
    pageData: PageData;
  }
}

const data = window.pageData;
const webadmin = new Webadmin(window, data);

const signIn = (): void =>
  showLogin(data, (user) => (data.personality.logout === 'event' ? webadmin.enter(user) : window.location.reload()));

const signOut = async (): Promise<void> => {
  if (data.personality.logout === 'leave') return window.location.assign('sso/logout');
  webadmin.leave();
  await fetch('stand-in/logout', { method: 'POST' });
  if (data.personality.logout === 'reload') window.location.assign(window.location.pathname + window.location.search);
  else signIn();
};

drawView(webadmin, data, () => void signOut());
// From 4.2 on nobody gets webadmin's page, or its plugins, before the login.
if (data.user || data.personality.initializes === 'after login') webadmin.start();
if (!data.user) signIn();
