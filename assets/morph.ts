/** Set in the browser, not by the server: a refresh leaves them as they are. */
const OURS = new Set(['style', 'width', 'height', 'hidden', 'aria-expanded', 'aria-selected', 'tabindex', 'open']);

function sameKind(a: Node, b: Node): boolean {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName;
}

function morphAttributes(shown: Element, fresh: Element): void {
  for (const { name } of [...shown.attributes]) {
    if (!OURS.has(name) && !fresh.hasAttribute(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!OURS.has(name) && shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}

/** Makes `shown` equal to `fresh` in place: what stays keeps its focus, hover, scroll position and chart. */
export function morph(shown: Node, fresh: Node): void {
  if (shown instanceof Element && fresh instanceof Element) morphAttributes(shown, fresh);
  else if (shown.nodeValue !== fresh.nodeValue) shown.nodeValue = fresh.nodeValue;
  const before = [...shown.childNodes];
  const after = [...fresh.childNodes];
  after.forEach((child, index) => {
    const old = before[index];
    if (old && sameKind(old, child)) morph(old, child);
    else if (old) old.replaceWith(child);
    else shown.appendChild(child);
  });
  for (const old of before.slice(after.length)) old.remove();
}
