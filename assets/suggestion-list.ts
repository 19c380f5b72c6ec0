/** The list under a combobox: which suggestions there are, and which of them is the active one. */
export class SuggestionList {
  readonly element = document.createElement('ul');
  private active = -1;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly choose: (text: string) => void,
  ) {
    this.element.id = `${input.id}-suggestions`;
    this.element.className = 'suggestions';
    this.element.setAttribute('role', 'listbox');
    this.element.setAttribute('aria-label', 'Suggestions');
    this.element.hidden = true;
    // the input keeps the focus, so that what is typed goes on
    this.element.addEventListener('pointerdown', (event) => event.preventDefault());
    this.element.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest<HTMLElement>('[role="option"]') : null;
      if (option) this.choose(option.dataset['text'] ?? '');
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** What the active suggestion makes of the whole text. */
  get chosen(): string | undefined {
    return this.options[this.active]?.dataset['text'];
  }

  private get options(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  /** `part` is what is shown, `text` the whole text then. */
  show(suggestions: readonly { part: string; text: string }[]): void {
    this.element.replaceChildren(
      ...suggestions.map(({ part, text }, index) => {
        const option = document.createElement('li');
        option.id = `${this.element.id}-${index}`;
        option.setAttribute('role', 'option');
        option.dataset['text'] = text;
        option.textContent = part;
        return option;
      }),
    );
    this.element.hidden = suggestions.length === 0;
    this.input.setAttribute('aria-expanded', String(this.isOpen));
    this.activate(-1);
  }

  close(): void {
    this.show([]);
  }

  /** One down or up; beyond the ends none is active, then it begins at the other end. */
  move(by: 1 | -1): void {
    const count = this.options.length;
    this.activate(((this.active + 1 + by + count + 1) % (count + 1)) - 1);
  }

  private activate(index: number): void {
    this.active = index;
    for (const [i, option] of this.options.entries()) option.setAttribute('aria-selected', String(i === index));
    const option = this.options[index];
    if (option) {
      this.input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }
}
