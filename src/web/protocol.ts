import type { Request, Response } from 'express';
import type { ParsedQs } from 'qs';
import type { Failure } from './failure';

/** `json` and `form` become objects; `bytes` stay a Buffer, as a signature was made of them. */
export type BodyKind = 'json' | 'form' | 'bytes';

/** How one family of addresses speaks. Its room registers it for its paths; whoever handles requests asks it. */
export interface Protocol {
  readonly name: string;
  /** Which proofs of who calls count, in the order in which they are looked for: names of the authenticator's checks. */
  readonly credentials: readonly string[];
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
    speaks?: Protocol;
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
      if (!/^\/[^/]*(\/[^/]+)?$/.test(path)) throw new Error(`${path} is no path of at most ${DEPTH} names`);
      const taken = this.byPath.get(path);
      if (taken !== undefined && taken !== protocol) throw new Error(`${path} is spoken for already: by ${taken.name}`);
      this.byPath.set(path, protocol);
    }
  }

  registerElsewhere(protocol: Protocol): void {
    this.elsewhere = protocol;
  }

  /** @param path of a request, in any case, since routes are found so, too */
  of(path: string): Protocol | undefined {
    const [, first = '', second = ''] = path.toLowerCase().split('/', DEPTH + 1);
    return this.byPath.get(`/${first}/${second}`) ?? this.byPath.get(`/${first}`);
  }

  /** @param url as it was asked for, outside the base path */
  isAtRoot(url: string): boolean {
    const [, first = ''] = /^\/([^/?]+)\//.exec(url) ?? [];
    return this.byPath.get(`/${first}`)?.atRoot === true;
  }

  /** Who tells what went wrong with a request. */
  tellerOf({ speaks }: Request): Protocol {
    const teller = speaks ?? this.elsewhere;
    if (teller === undefined) throw new Error('no protocol answers for paths of none');
    return teller;
  }
}
