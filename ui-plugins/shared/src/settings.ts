/**
 * Reads webadmin's configuration object (descriptor and `<name>-config.json`, merged). Each key is optional; one of the
 * wrong type, or an address that is none, counts as missing.
 */
export class Settings<Key extends string> {
  private readonly given: Record<string, unknown>;

  /**
   * @param raw webadmin's configuration object
   * @param plugin its name in its descriptor
   * @param origin webadmin's, which relative addresses start from
   * @param warn told about addresses that are none
   */
  constructor(
    raw: unknown,
    private readonly plugin: string,
    readonly origin: string,
    private readonly warn: (text: string) => void,
  ) {
    this.given = typeof raw === 'object' && raw !== null ? { ...raw } : {};
  }

  text(key: Key): string | undefined {
    const value = this.given[key];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  }

  /** Whether the key is set to `true`. */
  choice(key: Key): boolean {
    return this.given[key] === true;
  }

  /** @returns an absolute URL without trailing slashes */
  address(key: Key, otherwise: string): string {
    const value = this.text(key);
    const found = value === undefined ? undefined : webAddress(value, this.origin);
    if (value !== undefined && found === undefined)
      this.warn(`"${key}" in ${this.plugin}-config.json is no web address (${value}); ${otherwise} is taken`);
    return found ?? otherwise;
  }
}

function webAddress(text: string, origin: string): string | undefined {
  try {
    const { protocol, href } = new URL(text, `${origin}/`);
    return protocol === 'https:' || protocol === 'http:' ? href.replace(/\/+$/, '') : undefined;
  } catch {
    return undefined;
  }
}
