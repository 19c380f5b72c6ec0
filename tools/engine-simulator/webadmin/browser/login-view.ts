import type { PageData } from '../page-data';
import type { WebadminUser } from '../webadmin-engine';
import { byId, el } from './dom';

/** Asks for user and password; the server sets webadmin's cookie. */
export function showLogin(data: PageData, signedIn: (user: WebadminUser) => void): void {
  const fault = el('p', { class: 'fault', role: 'alert' });
  const user = el('input', {
    id: 'user',
    name: 'user',
    class: 'form-control',
    autocomplete: 'username',
    value: 'admin@internal',
  });
  const password = el('input', {
    id: 'password',
    name: 'password',
    type: 'password',
    autocomplete: 'current-password',
    class: 'form-control',
  });
  const form = el(
    'form',
    {},
    ...[el('label', { for: 'user' }, 'User Name'), user, el('label', { for: 'password' }, 'Password'), password],
    ...[
      fault,
      el('button', { class: 'btn btn-primary', type: 'submit' }, data.personality.layout === '3' ? 'Login' : 'Log In'),
    ],
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form, fault, signedIn);
  });
  byId('login').replaceChildren(
    el('div', { class: 'login-box' }, el('h1', {}, 'oVirt ', el('span', {}, 'Open Virtualization Manager')), form),
  );
  document.body.classList.add('signed-out');
  user.focus();
}

async function send(form: HTMLElement, fault: HTMLElement, signedIn: (user: WebadminUser) => void): Promise<void> {
  if (!(form instanceof HTMLFormElement)) return;
  const fields = Object.fromEntries(new FormData(form).entries());
  const answer = await fetch('stand-in/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  });
  if (!answer.ok) {
    fault.textContent = 'The user name or password is incorrect.';
    return;
  }
  document.body.classList.remove('signed-out');
  signedIn((await answer.json()) as WebadminUser);
}
