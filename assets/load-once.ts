import { SignedOut, signedIn } from './signed-out';
import { localiseTimes } from './times';

async function fetchPart(url: string): Promise<Node[]> {
  const headers = { Accept: 'text/html', 'X-Requested-With': 'XMLHttpRequest' };
  const response = signedIn(await fetch(url, { headers }));
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const part = new DOMParser().parseFromString(await response.text(), 'text/html');
  localiseTimes(part);
  return [...part.body.childNodes];
}

function failure(panel: HTMLElement, error: unknown): HTMLElement {
  // Then only the page as a whole can get a session: webadmin's plugin loads it anew, a browser's tab asks for a login.
  const signedOut = error instanceof SignedOut;
  const text = document.createElement('p');
  text.className = 'card-empty';
  text.textContent = signedOut ? 'You are signed out. ' : 'This could not be loaded. ';
  const again = document.createElement('button');
  again.type = 'button';
  again.className = 'link-button';
  again.textContent = signedOut ? 'Sign in again' : 'Try again';
  again.addEventListener('click', () => (signedOut ? window.location.reload() : loadOnce(panel)));
  text.append(again);
  return text;
}

/** Fills a panel from its `data-load-url` the first time it is opened; a failure says so and can be tried again. */
export function loadOnce(panel: HTMLElement): void {
  const url = panel.dataset['loadUrl'];
  if (url === undefined || panel.dataset['loading'] === 'true') return;
  panel.dataset['loading'] = 'true';
  panel.setAttribute('aria-busy', 'true');
  void fetchPart(url)
    .then((nodes) => {
      panel.replaceChildren(...nodes);
      delete panel.dataset['loadUrl'];
    })
    .catch((error: unknown) => panel.replaceChildren(failure(panel, error)))
    .finally(() => {
      panel.removeAttribute('aria-busy');
      delete panel.dataset['loading'];
    });
}
