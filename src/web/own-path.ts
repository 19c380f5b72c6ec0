const ELSEWHERE = 'http://elsewhere.invalid';

/**
 * A path of ours that may be redirected to, or null: below the base path, never another origin whatever tricks the
 * text plays (`//evil`, `/\evil`, `javascript:`).
 */
export function ownPath(text: unknown, basePath: string): string | null {
  if (typeof text !== 'string' || !text.startsWith('/') || text.length > 2_000) return null;
  const url = URL.parse(text, ELSEWHERE);
  if (url === null || url.origin !== ELSEWHERE) return null;
  const path = `${url.pathname}${url.search}`;
  return !path.startsWith('//') && path.startsWith(`${basePath}/`) ? path : null;
}
