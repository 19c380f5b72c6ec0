import { signedIn } from './signed-out';
import { SuggestionList } from './suggestion-list';

const PAUSE_MS = 120;

interface Completion {
  part: string;
  label: string;
}

function isCompletion(item: unknown): item is Completion {
  return (
    typeof item === 'object' &&
    item !== null &&
    'part' in item &&
    'label' in item &&
    typeof item.part === 'string' &&
    typeof item.label === 'string'
  );
}

/** What the service suggests for a half-typed search; nothing when it does not answer or the text cannot become one. */
async function completions(url: string, search: string, signal: AbortSignal): Promise<Completion[]> {
  const headers = { Accept: 'application/json' };
  const response = signedIn(await fetch(`${url}?search=${encodeURIComponent(search)}`, { headers, signal }));
  const items: unknown = response.ok ? await response.json() : [];
  return Array.isArray(items) ? items.filter(isCompletion) : [];
}

/** An ARIA combobox: suggestions while typing, chosen with the arrow keys and Enter, Tab or the mouse. */
class SearchBox {
  private readonly list: SuggestionList;
  private readonly said = document.createElement('span');
  private asking = new AbortController();
  private timer: number | undefined;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly url: string,
  ) {
    this.list = new SuggestionList(input, (text) => this.take(text));
    this.said.className = 'sr-only';
    this.said.setAttribute('role', 'status');
    input.after(this.list.element, this.said);
    const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false' };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.setAttribute('aria-controls', this.list.element.id);
    input.addEventListener('input', () => this.askSoon());
    input.addEventListener('keydown', (event) => this.onKey(event));
    input.addEventListener('blur', () => this.stop());
    this.selectFault();
  }

  /** A search that was not understood is shown with its fault selected. */
  private selectFault(): void {
    const { faultStart, faultEnd } = this.input.dataset;
    if (faultStart === undefined || faultEnd === undefined) return;
    this.input.focus();
    this.input.setSelectionRange(Number(faultStart), Number(faultEnd));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (this.list.isOpen) this.list.move(key === 'ArrowDown' ? 1 : -1);
      else void this.ask();
    } else if (key === 'Escape' && this.list.isOpen) {
      event.preventDefault();
      this.stop();
    } else if ((key === 'Enter' || key === 'Tab') && this.list.chosen !== undefined) {
      event.preventDefault();
      this.take(this.list.chosen);
    }
  }

  private take(text: string): void {
    this.input.value = text.endsWith('.') ? text : `${text} `;
    this.input.focus();
    void this.ask();
  }

  private stop(): void {
    window.clearTimeout(this.timer);
    this.asking.abort();
    this.list.close();
    this.said.textContent = '';
  }

  private askSoon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE_MS);
  }

  /** Only the end of the text can be completed. */
  private async ask(): Promise<void> {
    const { value, selectionStart } = this.input;
    this.asking.abort();
    if (selectionStart !== value.length) return this.list.close();
    const asking = (this.asking = new AbortController());
    const found = await completions(this.url, value, asking.signal).catch(() => []);
    if (asking.signal.aborted) return;
    this.list.show(found.map(({ part, label }) => ({ part: part.trim(), text: label })));
    const count = found.length;
    this.said.textContent = count === 0 ? 'No suggestions' : `${count} ${count === 1 ? 'suggestion' : 'suggestions'}`;
  }
}

export function searchBoxes(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-complete]'))
    new SearchBox(input, input.dataset['complete'] ?? '');
}
