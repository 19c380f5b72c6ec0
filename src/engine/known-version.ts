import type { CallOptions } from './engine-client';
import type { EngineHttp } from './engine-http';
import type { EngineIdentity } from './ports';
import type { VersionNumbers } from './version';

/** How long it is believed: an engine may be upgraded under us. */
const VERSION_MS = 5 * 60_000;

/** An engine's version, asked for once by whoever comes first, and told to all who come meanwhile. */
export class KnownVersion {
  private seen?: { version: Promise<VersionNumbers>; until: number };

  constructor(
    private readonly http: Pick<EngineHttp, 'within'>,
    private readonly ask: (as: EngineIdentity) => Promise<VersionNumbers>,
  ) {}

  async of(as: EngineIdentity, { signal }: CallOptions = {}): Promise<VersionNumbers> {
    const { seen } = this;
    if (seen && seen.until > Date.now()) {
      const known = await this.http.within(signal, () => seen.version.catch(() => null));
      return known ?? this.of(as, { signal }); // another's session failed, which says nothing of ours
    }
    const version = this.ask(as);
    this.seen = { version, until: Date.now() + VERSION_MS };
    version.catch(() => {
      if (this.seen?.version === version) this.seen = undefined;
    });
    return this.http.within(signal, () => version);
  }
}
