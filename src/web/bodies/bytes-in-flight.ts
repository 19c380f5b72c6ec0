import { AppError } from '../../common/app-error';

const RETRY_SECONDS = 5;
/** Of the whole. */
const SHARE = 1 / 4;

/** What a request's bytes are counted as. */
export interface Account {
  /** Whose share they come from as well; undefined: anybody's who may take all that is there. */
  share?: string;
  /** So many of them, the first ones, are not counted. */
  free?: number;
}

/** What one request holds. */
export interface Held {
  /** @throws AppError unavailable when there is no room for so many bytes more */
  take: (bytes: number) => void;
  /** Gives all of it back. */
  release: () => void;
}

/** The unpacked bytes of bodies that requests hold at the moment, together. */
export class BytesInFlight {
  /** The most that callers of one share may hold together. */
  readonly share: number;
  private total = 0;
  private readonly ofShares = new Map<string, number>();

  /** @param most of all requests together */
  constructor(private readonly most: number) {
    this.share = Math.floor(most * SHARE);
  }

  open({ share, free = 0 }: Account): Held {
    let own = 0;
    let left = free;
    return {
      take: (all) => {
        const bytes = Math.max(all - left, 0);
        left = Math.max(left - all, 0);
        if (!this.hasRoom(bytes, share))
          throw new AppError(
            'unavailable',
            `So many uploads are being handled that there is no room for this one: try again in ${RETRY_SECONDS} s (MAX_IN_FLIGHT_MB sets the limit)`,
            { reason: 'too_much_in_flight', retryAfterSeconds: RETRY_SECONDS },
          );
        this.add(bytes, share);
        own += bytes;
      },
      release: () => {
        this.add(-own, share);
        own = 0;
      },
    };
  }

  private hasRoom(bytes: number, share: string | undefined): boolean {
    if (this.total + bytes > this.most) return false;
    return share === undefined || (this.ofShares.get(share) ?? 0) + bytes <= this.share;
  }

  private add(bytes: number, share: string | undefined): void {
    this.total += bytes;
    if (share === undefined) return;
    const held = (this.ofShares.get(share) ?? 0) + bytes;
    if (held > 0) this.ofShares.set(share, held);
    else this.ofShares.delete(share);
  }
}
