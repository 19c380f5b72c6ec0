import { isObject } from './plugin';
import type { PluginManager } from './plugin-manager';
import type { ActionButton, Ui } from './ui';

/** What a button is told of: the selection, and in a sub-tab the entity whose sub-tab it is. */
interface Told {
  selected: object[];
  main?: object;
}

/** Webadmin asks the buttons so often at each change. */
const times = 3;
/** … and again after so many ms, as its lists are read anew. */
const refreshMs = 10_000;

/**
 * The plugins' buttons. Up to 4.1 they are asked for their state whenever they are drawn; from 4.2 on at each change of
 * their place, since it was first opened, and every few seconds.
 */
export class ActionButtons {
  private readonly states = new Map<ActionButton, { accessible: boolean; enabled: boolean }>();
  private readonly opened = new Set<string>();
  private readonly last = new Map<string, unknown>();
  private place: string | undefined;

  /** @param selectedIn the entities selected in a main list, by its place's token */
  constructor(
    private readonly ui: Ui,
    private readonly plugins: PluginManager,
    private readonly selectedIn: (token: string) => object[],
  ) {
    if (ui.vmPages) ui.onChange(() => this.askWhatChanged());
  }

  /** From now on lists are read anew every few seconds. */
  start(): void {
    if (!this.ui.vmPages) return;
    setInterval(() => {
      const before = JSON.stringify([...this.states.values()]);
      [...this.opened].filter((place) => !isSubTab(place)).forEach((place) => this.ask(place, times));
      if (JSON.stringify([...this.states.values()]) !== before) this.ui.changed();
    }, refreshMs);
  }

  of(place: string): ActionButton[] {
    return this.ui.buttons.filter((button) => button.place === place);
  }

  state(button: ActionButton): { accessible: boolean; enabled: boolean } {
    if (!this.ui.vmPages) return this.answer(button);
    return this.states.get(button) ?? { accessible: true, enabled: true };
  }

  click(button: ActionButton): void {
    this.run(button, 'onClick');
  }

  private askWhatChanged(): void {
    const { ui } = this;
    if (!this.plugins.user) return;
    const place = ui.detail === undefined ? ui.main : `vms-${ui.detail}`;
    const isNew = place !== this.place;
    this.place = place;
    this.opened.add(place);
    for (const token of this.opened) {
      const selection = isSubTab(token) ? ui.items : ui.selectionIn(token);
      const known = this.last.get(token) === selection && this.of(token).every((button) => this.states.has(button));
      this.last.set(token, selection);
      if (!known || (isNew && token === place)) this.ask(token, isSubTab(token) && isNew ? 1 : times);
    }
  }

  private ask(place: string, often: number): void {
    for (const button of this.of(place)) {
      for (let asked = 0; asked < often; asked++) this.states.set(button, this.answer(button));
    }
  }

  private answer(button: ActionButton): { accessible: boolean; enabled: boolean } {
    const accessible = this.run(button, 'isAccessible') !== false;
    return { accessible, enabled: (accessible || this.ui.vmPages) && this.run(button, 'isEnabled') !== false };
  }

  private run({ plugin, functions, place }: ActionButton, name: string): unknown {
    if (isObject(functions) && functions[name] === undefined) return true;
    const { selected, main } = this.told(place);
    return this.plugins.callButton(plugin, functions, name, this.plugins.buttonArguments(selected, main));
  }

  private told(place: string): Told {
    if (!isSubTab(place)) return { selected: this.selectedIn(place) };
    // As long as nothing is selected there, webadmin does not say whose sub-tab it is.
    const main = this.ui.items.length > 0 || !this.ui.vmPages ? this.selectedIn('vms')[0] : undefined;
    return { selected: this.ui.items, main };
  }
}

const isSubTab = (place: string): boolean => place.startsWith('vms-');
