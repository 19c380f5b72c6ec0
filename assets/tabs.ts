import { loadOnce } from './load-once';

const REMEMBERED = 'foreman-ovirt.tab';

/** Which tab was last chosen, so that going from VM to VM stays on it; a frame may be denied storage. */
function remembered(chosen?: string): string | null {
  try {
    if (chosen !== undefined) sessionStorage.setItem(REMEMBERED, chosen);
    return sessionStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function select(all: HTMLElement[], chosen: HTMLElement): void {
  for (const tab of all) {
    const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
    tab.setAttribute('aria-selected', String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    panel?.toggleAttribute('hidden', tab !== chosen);
    if (panel && tab === chosen) loadOnce(panel);
  }
}

/** The tab that a key leads to, as the ARIA practices have it. */
function reachedBy(key: string, all: HTMLElement[], current: HTMLElement): HTMLElement | undefined {
  const index = all.indexOf(current);
  if (key === 'ArrowRight') return all[(index + 1) % all.length];
  if (key === 'ArrowLeft') return all.at(index - 1);
  if (key === 'Home') return all[0];
  return key === 'End' ? all.at(-1) : undefined;
}

function tabList(list: HTMLElement): void {
  const all = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
  const known = all.find(({ id }) => id === remembered());
  if (known) select(all, known);
  for (const tab of all) {
    tab.addEventListener('click', () => {
      remembered(tab.id);
      select(all, tab);
    });
    tab.addEventListener('keydown', (event) => {
      const next = reachedBy(event.key, all, tab);
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.click();
    });
  }
}

export function tabs(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[role="tablist"]')) tabList(list);
}
