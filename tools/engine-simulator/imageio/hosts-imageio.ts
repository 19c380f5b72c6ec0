import type { Certificates } from '../certificates';
import { ImageioDaemon, type Ticket } from './imageio';

/** The imageio daemon of all hosts, which is started with the first ticket: few engines that run here transfer anything. */
export class HostsImageio {
  private starting?: Promise<ImageioDaemon>;
  private daemon?: ImageioDaemon;

  constructor(
    private readonly certificates: Certificates | undefined,
    private readonly now: () => number,
  ) {}

  async add(ticket: Omit<Ticket, 'transferredBytes' | 'lastUsedAt'>): Promise<void> {
    (await this.started()).add(ticket);
  }

  find(ticketId: string | null): Ticket | undefined {
    return ticketId === null ? undefined : this.daemon?.find(ticketId);
  }

  /** Where the bytes of a living ticket are. */
  urlOf(ticketId: string | null): string | undefined {
    return this.find(ticketId) && `${this.daemon?.url}/images/${ticketId}`;
  }

  remove(ticketId: string | null): void {
    if (ticketId !== null) this.daemon?.remove(ticketId);
  }

  async started(): Promise<ImageioDaemon> {
    this.starting ??= ImageioDaemon.start({ certificates: this.certificates, now: this.now });
    this.daemon = await this.starting;
    return this.daemon;
  }

  async close(): Promise<void> {
    await (await this.starting)?.close();
  }
}
