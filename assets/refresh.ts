import { drawCharts } from './charts';
import { morph } from './morph';
import { tellPlugin } from './tell-plugin';
import { localiseTimes } from './times';

const TIMEOUT_MS = 20_000;

type Outcome = 'fresh' | 'signed-out' | 'unreachable';

/** Webadmin hides the tabs that are not shown: such a frame has no width. */
function hidden(): boolean {
  return document.hidden || window.innerWidth === 0;
}

async function refreshOnce(main: HTMLElement): Promise<Outcome> {
  const response = await fetch(window.location.href, {
    headers: { Accept: 'text/html', 'X-Background-Refresh': '1' },
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 401) return 'signed-out';
  if (!response.ok) return 'unreachable';
  const fresh = new DOMParser()
    .parseFromString(await response.text(), 'text/html')
    .querySelector('[data-refresh-seconds]');
  if (!fresh) return 'unreachable';
  localiseTimes(fresh);
  morph(main, fresh);
  drawCharts(main);
  return 'fresh';
}

function explanation(outcome: Outcome, shownAt: string): string {
  if (outcome === 'fresh') return '';
  return outcome === 'signed-out'
    ? `You are signed out. These figures are of ${shownAt}. Sign in to webadmin again, then they update by themselves.`
    : `Foreman does not answer. These figures are of ${shownAt}; the page keeps trying.`;
}

function stateBar(main: HTMLElement): HTMLElement {
  const bar = document.createElement('p');
  bar.className = 'refresh-state';
  bar.setAttribute('role', 'status');
  bar.hidden = true;
  main.before(bar);
  return bar;
}

/**
 * Brings the page up to date every `everyMs` without anything flickering, as a background request (which neither asks
 * the engine nor extends the session). Nothing is asked while the page is hidden; shown again, it catches up at once.
 */
export function refreshItself(main: HTMLElement, everyMs: number): void {
  const bar = stateBar(main);
  let outcome: Outcome = 'fresh';
  let lastAt = Date.now();
  let running = false;

  async function refresh(): Promise<void> {
    if (running || hidden() || Date.now() - lastAt < everyMs) return;
    running = true;
    const now = await refreshOnce(main).catch((): Outcome => 'unreachable');
    running = false;
    lastAt = Date.now();
    if (now === outcome) return;
    if (now === 'signed-out') tellPlugin('signed-out');
    outcome = now;
    bar.hidden = now === 'fresh';
    bar.textContent = explanation(now, main.querySelector('time')?.textContent ?? '');
  }

  setInterval(() => void refresh(), 1000);
  document.addEventListener('visibilitychange', () => void refresh());
}
