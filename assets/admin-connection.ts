/**
 * "Test connection" without leaving the form: the answer is the form as the server shows it, and every part of it marked
 * `data-current` takes the place of ours. The password field is not marked, so it keeps what was typed.
 */
async function test(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const fields = new FormData(form);
  if (button.name !== '') fields.append(button.name, button.value);
  const body = new URLSearchParams([...fields].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  const headers = { Accept: 'text/html', 'X-Requested-With': 'XMLHttpRequest' };
  const response = await fetch(button.formAction, { method: 'POST', headers, body });
  const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (answer.querySelector('[data-connection-form]') === null) throw new Error(`answered ${response.status}`);
  for (const part of form.querySelectorAll('[data-current]')) {
    const current = answer.getElementById(part.id);
    if (current) part.replaceWith(current);
  }
}

function say(text: string): void {
  const place = document.getElementById('connection');
  place?.replaceChildren(Object.assign(document.createElement('p'), { className: 'meta', textContent: text }));
}

export function testConnections(): void {
  const form = document.querySelector<HTMLFormElement>('[data-connection-form]');
  form?.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || !button.hasAttribute('formaction')) return;
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    const asked = test(form, button);
    say('Asking the engine…');
    void asked
      .catch(() => say('This service did not answer. Try again.'))
      .finally(() => {
        form.removeAttribute('aria-busy');
        document.getElementById('connection')?.focus({ preventScroll: true });
        document.getElementById('connection')?.scrollIntoView({ block: 'nearest' });
      });
  });
}
