/** Menus made of <details>: one at a time, closed by Escape and by whatever happens elsewhere. */
export function menus(): void {
  const all = [...document.querySelectorAll<HTMLDetailsElement>('details[data-menu]')];
  if (all.length === 0) return;
  const closeOthers = (target: EventTarget | null): void => {
    for (const menu of all) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  };
  document.addEventListener('pointerdown', ({ target }) => closeOthers(target));
  document.addEventListener('focusin', ({ target }) => closeOthers(target));
  for (const menu of all)
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector<HTMLElement>('summary')?.focus();
    });
}
