/** The address of a page of ours in the skin that this one was asked for with: webadmin's before 4.2. */
export function inSkin(href: string): string {
  const url = new URL(href, window.location.href);
  const skin = new URLSearchParams(window.location.search).get('skin');
  if (skin !== null && url.origin === window.location.origin) url.searchParams.set('skin', skin);
  return url.href;
}

/** Lets the links and searches of a page lead on in its skin. */
export function keepSkin(): void {
  const skin = new URLSearchParams(window.location.search).get('skin');
  if (skin === null) return;
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
    if (link) link.href = inSkin(link.href);
  });
  document.addEventListener('formdata', ({ target, formData }) => {
    if (target instanceof HTMLFormElement && target.method === 'get') formData.set('skin', skin);
  });
}
