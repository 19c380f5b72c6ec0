/** Larger pages than error pages are not looked into. */
const MAX_PAGE = 64 * 1024;

/** Comments and elements without text for people, closed or not; then single tags. One pass, whatever the page holds. */
const MARKUP = /<!--[^]*?(?:-->|$)|<(head|style|script)\b[^]*?(?:<\/\1>|$)|<[^>]*(?:>|$)/gi;
const TITLE = /<title>([^<]{0,500})/i;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** What an error page tells a person: the text of its body, else its title; null when there is none. */
export function htmlText(page: string): string | null {
  if (page.length > MAX_PAGE) return null;
  const body = decoded(page.replace(MARKUP, ' ')).trim();
  return body || decoded(TITLE.exec(page)?.[1] ?? '').trim() || null;
}

function decoded(text: string): string {
  return text.replace(ENTITY, (written, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? written;
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return isCharacter(code) ? String.fromCodePoint(code) : written;
  });
}

function isCharacter(code: number): boolean {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code > 0 && code <= 0x10ffff && !isSurrogate;
}
