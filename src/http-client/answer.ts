import type { Readable } from 'node:stream';

export interface AnswerHead {
  status: number;
  /** The first value of a header, by its name in lower case. */
  header: (name: string) => string | undefined;
  /** All values of Set-Cookie. */
  cookies: string[];
}

/** Read to its end, and unpacked. */
export interface HttpAnswer extends AnswerHead {
  chunks: Buffer[];
  text: () => string;
}

/** Comes as fast as it is read: read or destroy it. */
export interface StreamedAnswer extends AnswerHead {
  body: Readable;
}

type Headers = Record<string, string | string[] | undefined>;

export function answerHead(status: number, headers: Headers): AnswerHead {
  return {
    status,
    header: (name) => [headers[name] ?? []].flat()[0],
    cookies: [headers['set-cookie'] ?? []].flat(),
  };
}
