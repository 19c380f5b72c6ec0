type Attributes = Record<string, string | boolean | ((event: MouseEvent) => void) | undefined>;
type Child = Node | string | undefined | false;

/**
 * An element with attributes and children: `el('button', { class: 'btn', onclick: run, disabled: false }, 'Run')`.
 * `false` and `undefined` leave an attribute or a child out.
 */
export function el(tag: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function')
      element.addEventListener(name.replace(/^on/, ''), (event) => value(event as MouseEvent));
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** The elements a page always has, each looked up by its id. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
}
