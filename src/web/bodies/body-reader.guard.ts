import {
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { urlencoded, type Request, type Response } from 'express';
import { mayOneOf } from '../../common/actor';
import { AppError } from '../../common/app-error';
import { BoundlessJson, JsonReader } from '../../common/json-reader';
import { BytesInFlight, type Account } from './bytes-in-flight';
import { readBytes, type BodyBounds } from './read-bytes';
import { whenOver } from './when-over';
import { protocolOf } from '../protocol';
import { WEB_CONFIG, type WebConfig } from '../web-config';

const LARGE = 'foreman-ovirt:large-body';

/** The route takes bodies of up to MAX_BODY_MB; others take little. */
export const LargeBody = (): CustomDecorator => SetMetadata(LARGE, true);

const KIB = 1_024;
/** Anybody may send a login, and nothing that is much larger. */
const OF_STRANGERS: BodyBounds = {
  most: 32 * KIB,
  unpack: false,
  because: 'who may not upload and shows neither a key nor a token may send 32 KB, not compressed',
};
/** More than a login has. Who may connect can make us hold as much by a header, so that bodies this small are not counted. */
const LOGIN_BYTES = 4 * KIB;
/** A login is sent within this time. */
const STRANGERS_MS = 10_000;
const ORDINARY: BodyBounds = { most: 256 * KIB, unpack: true, because: 'all but uploads take 256 KB' };

/**
 * Reads request bodies after the guard, so that nobody makes us read a body who may not send one.
 * Which kind of body is read is the protocol's to say; JSON may be gzipped, but of strangers. What all requests hold
 * together is bounded. It is a guard because guards run in order and are cheap.
 */
@Injectable()
export class BodyReader implements CanActivate {
  private readonly inFlight: BytesInFlight;
  private readonly jsonReader: JsonReader;
  private readonly strangersForm = formOf(OF_STRANGERS);
  private readonly ordinaryForm = formOf(ORDINARY);

  constructor(
    private readonly reflector: Reflector,
    @Inject(WEB_CONFIG) private readonly web: WebConfig,
  ) {
    this.inFlight = new BytesInFlight(web.inFlightBytes);
    this.jsonReader = new JsonReader(web.json);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return true;
    if (request.body !== undefined) return true; // it was part of the proof of who calls
    const protocol = protocolOf(request);
    const asked = protocol.bodyOf(request);
    if (asked === 'stream' || !hasBody(request)) return true;
    const kind = protocol.proofBytes === undefined ? asked : 'bytes';
    const response = http.getResponse<Response>();
    const isLarge = this.reflector.get<boolean | undefined>(LARGE, context.getHandler()) === true;
    const bounds = this.boundsOf(request, isLarge);
    const held = this.inFlight.open(accountOf(request, bounds));
    const read =
      kind === 'form' ? this.form(request, response, bounds, held.take) : this.chunks(request, kind, bounds, held.take);
    // A body is there as long as it is read, and as long as it is used: whoever hangs up early frees nothing by it.
    void Promise.allSettled([read, whenOver(request, response)]).then(held.release);
    const late =
      request.actor === undefined || bounds === OF_STRANGERS
        ? setTimeout(() => request.socket.destroy(), STRANGERS_MS)
        : undefined;
    await read.finally(() => clearTimeout(late));
    return true;
  }

  private boundsOf(request: Request, isLarge: boolean): BodyBounds {
    const { proofBytes } = protocolOf(request);
    if (proofBytes !== undefined)
      return { most: proofBytes, unpack: false, because: `${proofBytes} bytes are taken here, not compressed` };
    if (isStranger(request)) return OF_STRANGERS;
    if (!isLarge) return ORDINARY;
    const { maxBodyBytes } = this.web;
    return request.actor?.onlyForHost === undefined || maxBodyBytes <= this.inFlight.share
      ? { most: maxBodyBytes, unpack: true, because: 'MAX_BODY_MB sets the limit' }
      : {
          most: this.inFlight.share,
          unpack: true,
          because: 'a certificate of one host may send a quarter of MAX_IN_FLIGHT_MB',
        };
  }

  private async chunks(
    request: Request,
    kind: 'json' | 'bytes',
    bounds: BodyBounds,
    take: (bytes: number) => void,
  ): Promise<void> {
    const chunks = await readBytes(request, { ...bounds, unpack: bounds.unpack && kind === 'json' }, take);
    request.body =
      kind === 'bytes' ? Buffer.concat(chunks) : await this.parsed(chunks, () => !request.socket.destroyed);
  }

  private async parsed(chunks: Buffer[], wanted: () => boolean): Promise<unknown> {
    try {
      return await this.jsonReader.read(chunks, wanted);
    } catch (error) {
      if (!(error instanceof BoundlessJson)) throw error;
      const { depth, values } = this.web.json;
      const fault =
        error.bound === 'depth'
          ? `is nested more than ${depth} deep; MAX_UPLOAD_DEPTH sets the limit`
          : `holds more than ${values} values, more than any upload within MAX_UPLOAD_FACTS, MAX_UPLOAD_LINES and MAX_UPLOAD_METRICS`;
      throw new AppError('invalid', `The body ${fault}`, { fields: { base: [fault] } });
    }
  }

  /** Browsers say how long a form is; of others the most is held. */
  private form(request: Request, response: Response, bounds: BodyBounds, take: (bytes: number) => void): Promise<void> {
    take(Math.min(Number(request.headers['content-length'] ?? bounds.most), bounds.most));
    const read = bounds === OF_STRANGERS ? this.strangersForm : this.ordinaryForm;
    return new Promise((resolve, reject) => {
      read(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(error instanceof Error ? error : new Error('the form could not be read', { cause: error }));
      });
    });
  }
}

/** Runs before it is asked who calls. */
@Injectable()
export class ProofReader implements CanActivate {
  constructor(private readonly bodies: BodyReader) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { speaks } = context.switchToHttp().getRequest<Request>();
    return speaks?.proofBytes === undefined || this.bodies.canActivate(context);
  }
}

const formOf = ({ most }: BodyBounds) => urlencoded({ extended: true, limit: most, inflate: false });

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}

/** Whoever may neither upload nor shows a key or token: nobody known, or somebody's browser. */
function isStranger({ actor, sessionToken }: Request): boolean {
  if (actor === undefined) return true;
  return sessionToken !== undefined && !mayOneOf(actor, ['upload_facts', 'upload_config_reports']);
}

/**
 * Strangers together, and each certificate of one host, may fill a part of the room; others all of it. Strangers who send
 * much, or slowly, keep nobody from logging in.
 */
function accountOf({ actor }: Request, bounds: BodyBounds): Account {
  if (actor === undefined || bounds === OF_STRANGERS) return { share: 'strangers', free: LOGIN_BYTES };
  return { share: actor?.onlyForHost && `certificate ${actor.onlyForHost}` };
}
