/** Longer texts are not looked through: no error's is. */
const MAX_SEARCHED = 64 * 1024;

/**
 * The beginning of a text without these secrets, however they are written in it; in one pass, since what stands in place of
 * a secret may hold another.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const written = new Set(secrets.filter((secret) => secret !== '').flatMap(waysToWrite));
  const longestFirst = [...written].sort((a, b) => b.length - a.length).map(escaped);
  const searched = text.slice(0, MAX_SEARCHED);
  return longestFirst.length === 0 ? searched : searched.replace(new RegExp(longestFirst.join('|'), 'g'), '[hidden]');
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** As it is, inside JSON, inside a form, inside a URL. */
function waysToWrite(secret: string): string[] {
  const form = new URLSearchParams({ s: secret }).toString().slice('s='.length);
  return [secret, JSON.stringify(secret).slice(1, -1), form, encodeURIComponent(secret)];
}
