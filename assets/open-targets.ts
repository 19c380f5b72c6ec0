/** A link to a closed <details> opens it. */
export function openTargets(): void {
  const open = (): void => {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  window.addEventListener('hashchange', open);
  open();
}
