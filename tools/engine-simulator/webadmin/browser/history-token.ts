/** Where webadmin is: a place's token, and the parameters that follow it in the address. */
export interface PlaceRequest {
  token: string;
  parameters: Record<string, string>;
}

// GWTP's ParameterTokenFormatter escapes what separates, by these codes, …
const escapes: [string, string][] = [
  ['\\', '\\\\'],
  ['/', '\\0'],
  [';', '\\1'],
  ['=', '\\2'],
];

const escape = (text: string): string =>
  text.replace(/[\\/;=]/g, (found) => escapes.find(([plain]) => plain === found)?.[1] ?? found);
const unescape = (text: string): string =>
  text.replace(/\\[\\012]/g, (found) => escapes.find(([, code]) => code === found)?.[0] ?? found);

/** … then encodes for a query, as GWT's URL.encodeQueryString; GWT's History encodes the whole once more. */
export const encodeValue = (text: string): string => encodeURIComponent(escape(text)).replaceAll('%20', '+');

function decodeValue(text: string): string {
  try {
    return unescape(decodeURIComponent(text.replaceAll('+', ' ')));
  } catch {
    return text;
  }
}

/** `{ token: 'vms', parameters: { name: 'größe' } }` as it stands after `#`: `vms;name=gr%25C3%25B6%25C3%259Fe`. */
export function encodeToken({ token, parameters }: PlaceRequest): string {
  const values = Object.entries(parameters).map(([name, value]) => `;${encodeValue(name)}=${encodeValue(value)}`);
  return encodeURI(encodeValue(token) + values.join('')).replaceAll('#', '%23');
}

/** @param hash the part of the address after `#`; one that was typed may be encoded once, or not at all */
export function decodeToken(hash: string): PlaceRequest {
  let history = hash;
  try {
    history = decodeURI(hash.replaceAll('%23', '#'));
  } catch {
    // GWT takes what it cannot decode as it is, too.
  }
  const [token = '', ...rest] = history.split(';');
  const parameters = rest.map((part) => {
    const [name = '', ...value] = part.split('=');
    return [decodeValue(name), decodeValue(value.join('='))] as const;
  });
  return { token: decodeValue(token), parameters: Object.fromEntries(parameters) };
}
