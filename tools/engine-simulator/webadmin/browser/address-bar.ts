/** The browser's address, as far as webadmin writes and follows it: the part after `#`. */
export class AddressBar {
  private written = '';

  /** @param moved told where somebody has gone who typed an address, or went back or forward */
  constructor(
    private readonly window: Window,
    moved: (address: string) => void,
  ) {
    window.addEventListener('hashchange', () => {
      const { hash } = window.location;
      if (hash === this.written) return;
      this.written = hash;
      moved(hash.slice(1));
    });
  }

  get address(): string {
    return this.window.location.hash.slice(1);
  }

  /** @param replaces whether the address before goes from the browser's history */
  write(address: string, replaces: boolean): void {
    const hash = `#${address}`;
    if (hash === this.window.location.hash) return;
    this.written = hash;
    if (replaces) this.window.location.replace(hash);
    else this.window.location.hash = hash;
  }
}
