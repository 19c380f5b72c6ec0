import type { Request, Response } from 'express';
import type { ParsedQs } from 'qs';
import type { Failure } from './failure';

/**
 * `json` and `form` become objects; `bytes` stay a Buffer, neither unpacked nor changed, as a signature was made of them; a
 * `stream` is left to the route, which bounds what it takes.
 */
export type BodyKind = 'json' | 'form' | 'bytes' | 'stream';

/** How one family of addresses speaks. Its room registers it for its paths; whoever handles requests asks it. */
export interface Protocol {
  readonly name: string;
  /** Which proofs of who calls count, in the order in which they are looked for: names of the authenticator's checks. */
  readonly credentials: readonly string[];
  /**
   * Where the body is part of the proof of who calls (a signature): so many bytes of it are read before anybody is known, and
   * kept as bytes.
   */
  readonly proofBytes?: number;
  /** Whether it is spoken outside the base path, too, since its clients know none. */
  readonly atRoot: boolean;
  /** Whether its pages may stand in the frames of others, where their routes say so. */
  readonly framed: boolean;
  /** Whether pages of allowed origins may read its data. */
  readonly crossOrigin: boolean;
  /**
   * Reads what stands behind `?`. Absent: names with brackets, as forms and Foreman's clients write them.
   * @throws AppError bad_request
   */
  readonly readQuery?: (text: string) => ParsedQs;
  /** What the body is to be read as. @throws AppError unsupported_media_type */
  bodyOf(request: Request): BodyKind;
  /** Whether the caller reads data rather than a page. */
  wantsData(request: Request): boolean;
  /** Sends what a route returned; its status is set. */
  send(response: Response, body: object): void;
  /** Sends an error; status and headers that hold for every protocol are set. */
  sendError(response: Response, failure: Failure): void;
  /** Headers of all its answers, errors included. */
  headers?(response: Response): void;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Absent where the path belongs to none: then no route serves it. */
    readonly speaks?: Protocol;
  }
}

/** `/api/docs` is more special than `/api`; nobody needs more. */
const DEPTH = 2;

/** Which protocol is spoken where. */
export class Protocols {
  private readonly byPath = new Map<string, Protocol>();
  /** Tells that there is nothing at a path of no protocol. */
  private elsewhere?: Protocol;

  /** @param paths below the base path, such as `/api`: with all that is below them, but for what others register there */
  register(protocol: Protocol, ...paths: string[]): void {
    for (const path of paths) {
      if (!/^\/[^/A-Z]*(\/[^/A-Z]+)?$/.test(path))
        throw new Error(`${path} is no path of at most ${DEPTH} names in lower case`);
      const taken = this.byPath.get(path);
      if (taken !== undefined && taken !== protocol) throw new Error(`${path} is spoken for already: by ${taken.name}`);
      this.byPath.set(path, protocol);
    }
  }

  registerElsewhere(protocol: Protocol): void {
    if (this.elsewhere !== undefined) throw new Error(`${this.elsewhere.name} tells already what is nowhere`);
    this.elsewhere = protocol;
  }

  /** All that are spoken somewhere. */
  get all(): Protocol[] {
    return [...new Set(this.byPath.values())];
  }

  /** @param path of a request, in any case, since routes are found so, too */
  of(path: string): Protocol | undefined {
    const [, first = '', second = ''] = path.toLowerCase().split('/', DEPTH + 1);
    return this.byPath.get(`/${first}/${second}`) ?? this.byPath.get(`/${first}`);
  }

  /** @param url as it was asked for, outside the base path; what is below a first name that is there is there, too */
  isAtRoot(url: string): boolean {
    const [path = ''] = url.split('?', 1);
    const [, first = '', ...below] = path.split('/', DEPTH + 1);
    if (below.length === 0) return false;
    return [this.of(path), this.of(`/${first}`)].some((protocol) => protocol?.atRoot === true);
  }

  /** Who tells what went wrong with a request. */
  tellerOf({ speaks }: Request): Protocol {
    const teller = speaks ?? this.elsewhere;
    if (teller === undefined) throw new Error('no protocol answers for paths of none');
    return teller;
  }
}

/** The protocol of a request that a route serves. */
export function protocolOf({ speaks, path }: Request): Protocol {
  if (speaks === undefined) throw new Error(`a route of no protocol was reached at ${path}`);
  return speaks;
}
