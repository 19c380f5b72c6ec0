import type { EngineClient } from './engine-client';
import { parseEngineUrl, type EngineSettings, type PasswordTry } from './engine-settings';
import { HttpEngineClient } from './http-engine-client';

/** The clients of all registered engines: equal settings of one origin share one client and its connections. */
export class EngineClients {
  private readonly clients = new Map<string, { origin: string; client: EngineClient }>();

  /** @param tryPassword as HttpEngineClient's, told at which origin */
  constructor(private readonly tryPassword?: (origin: string) => PasswordTry) {}

  /** Throws `invalid_url`. */
  get(settings: EngineSettings): EngineClient {
    const { url, ca, ...rest } = settings;
    const { origin } = parseEngineUrl(url);
    const key = JSON.stringify([origin, ca?.trim(), Object.entries(rest).sort()]);
    const known = this.clients.get(key);
    if (known) return known.client;
    const client = new HttpEngineClient(settings, this.tryPassword?.(origin));
    this.clients.set(key, { origin, client });
    return client;
  }

  /** Closes every client of this address: call it when a compute resource was changed or removed. */
  async forget(url: string): Promise<void> {
    const { origin } = parseEngineUrl(url);
    await this.closeWhere((of) => of === origin);
  }

  async close(): Promise<void> {
    await this.closeWhere(() => true);
  }

  private async closeWhere(concerns: (origin: string) => boolean): Promise<void> {
    const leaving = [...this.clients].filter(([, { origin }]) => concerns(origin));
    for (const [key] of leaving) this.clients.delete(key);
    await Promise.all(leaving.map(([, { client }]) => client.close()));
  }
}
