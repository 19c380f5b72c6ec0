/** One `type=value`; `alone` unless its relative distinguished name has several (`CN=a+OU=b`). */
interface Attribute {
  type: string;
  value: string;
  alone: boolean;
}

const COMMON_NAME = /^(cn|(oid\.)?2\.5\.4\.3)$/;

/**
 * The one common name of a subject in the form of RFC 4514 ("CN=web1.example.com,O=Example"), in which separators
 * inside a value are escaped; null when it has none, several, or one that shares its place with other attributes.
 * OpenSSL's old form with slashes escapes nothing, so a value could pose as a name: it counts as none.
 * @param subject as a header brings it: one byte in each character
 */
export function commonNameOf(subject: string): string | null {
  const attributes = attributesOf(subject);
  const [name, ...more] = attributes?.filter(({ type }) => COMMON_NAME.test(type)) ?? [];
  return name !== undefined && name.alone && name.value !== '' && more.length === 0 ? name.value : null;
}

/** A part of the text: escaped characters, others, and what separates attributes (`+`) and names (`,` or `;`). */
const PARTS = /\\[0-9a-f]{2}|\\[^0-9a-f]|[^\\,;+"]+|[,;+]/gi;

/** Null for what is not of that form, quoted values (RFC 2253) among it. */
function attributesOf(subject: string): Attribute[] | null {
  const parts = subject.match(PARTS) ?? [];
  if (parts.join('') !== subject) return null;
  const attributes: Attribute[] = [];
  let bytes = '';
  let shared = false;
  for (const part of [...parts, ',']) {
    if (!/^[,;+]$/.test(part)) {
      bytes += part.startsWith('\\') ? keptOf(part.slice(1)) : part;
      continue;
    }
    const attribute = /^\s*([\w.-]+)\s*=\s*([^#\s][^]*)?$/.exec(bytes);
    if (attribute === null) return null;
    const [, type = '', value = ''] = attribute;
    attributes.push({ type: type.toLowerCase(), value: textOf(value), alone: !shared && part !== '+' });
    shared = part === '+';
    bytes = '';
  }
  return attributes;
}

/** Escaped characters stand in the middle of the Unicode range that is for private use until blanks are cut off. */
const KEPT = 0xe000;
const keptOf = (escaped: string) =>
  String.fromCharCode(KEPT + (escaped.length === 2 ? parseInt(escaped, 16) : escaped.charCodeAt(0)));

/** Blanks around a value are none of it, unless they are escaped; its bytes are UTF-8. */
function textOf(value: string): string {
  const codes = [...value.replace(/ +$/, '')].map((char) => char.charCodeAt(0));
  return Buffer.from(codes.map((code) => (code >= KEPT ? code - KEPT : code))).toString('utf8');
}
