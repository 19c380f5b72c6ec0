import type { NextFunction, Request, Response } from 'express';
import { parse, type ParsedQs } from 'qs';
import { AppError } from '../common/app-error';

const MAX_PARAMETERS = 100;
const MAX_DEPTH = 3;
const NAME = /^\w+(\[\w*\])*$/;

export interface StrictQuery {
  /** Express' query parser. It never fails: what cannot be read is left out, so that pages of errors and logs work. */
  parser: (text: string | null) => ParsedQs;
  /** Answers 400 where something was left out: a query that is half understood would find more than was asked for. */
  check: (request: Request, response: Response, next: NextFunction) => void;
}

/** `a[]=1` and repeated names give lists, as Foreman's clients send them. */
export function strictQuery(): StrictQuery {
  const faults = new WeakMap<ParsedQs, string>();
  let last: { text: string; query: ParsedQs } | undefined; // Express parses anew each time `request.query` is read
  return {
    parser: (given) => {
      const text = given ?? '';
      if (last?.text !== text) {
        const { query, fault } = read(text);
        if (fault !== undefined) faults.set(query, fault);
        last = { text, query };
      }
      return last.query;
    },
    check: (request, _response, next) => {
      const fault = request.url.includes('?') ? faults.get(request.query) : undefined;
      next(fault === undefined ? undefined : new AppError('bad_request', fault));
    },
  };
}

/** Pairs are cut at their first `=`, wherever brackets stand; qs only nests the names that have brackets or come again. */
function read(text: string): { query: ParsedQs; fault?: string } {
  const plain = Object.create(null) as ParsedQs;
  const nested: string[] = [];
  let fault: string | undefined;
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > MAX_PARAMETERS) fault = `The query has more than ${MAX_PARAMETERS} parameters`;
  for (const pair of pairs.slice(0, MAX_PARAMETERS)) {
    const cut = pair.indexOf('=');
    const name = decoded(cut < 0 ? pair : pair.slice(0, cut));
    const value = cut < 0 ? '' : decoded(pair.slice(cut + 1));
    if (name === null || value === null) fault ??= `${shown(pair)} is not percent-encoded UTF-8; write % itself as %25`;
    else if (!NAME.test(name) || name.split('[').length - 1 > MAX_DEPTH)
      fault ??= `${shown(pair)} is no parameter: its name must be like search or include[]`;
    else {
      nested.push(`${name}=${encodeURIComponent(value)}`);
      plain[name] = value;
    }
  }
  const isPlain = Object.keys(plain).length === nested.length && !nested.some((pair) => /^\w+\[/.test(pair));
  const query = isPlain ? plain : parse(nested.join('&'), { depth: MAX_DEPTH, plainObjects: true });
  return { query, fault };
}

/** null where the text is no percent-encoded UTF-8. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

const SHOWN = 60;
const shown = (pair: string) => `'${pair.length > SHOWN ? `${pair.slice(0, SHOWN)}…` : pair}'`;
