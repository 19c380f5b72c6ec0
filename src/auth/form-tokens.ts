import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { SecretBox } from '../secrets';
import type { HiddenField } from '../view-kit';

const FIELD = 'authenticity_token';
const PURPOSE = 'form token';

/** Tokens that prove a form to be ours: signatures of the session, so that nothing needs to be stored. */
@Injectable()
export class FormTokens {
  constructor(private readonly box: SecretBox) {}

  /** For every form of a page that a signed-in person sees; empty for callers without a session. */
  hiddenFields({ sessionToken }: Request): HiddenField[] {
    return sessionToken === undefined ? [] : [{ name: FIELD, value: this.box.sign(sessionToken, PURPOSE) }];
  }

  /** True when the form, or the X-CSRF-Token header of a script, holds the session's token. */
  isProven({ sessionToken, headers, body }: Request): boolean {
    const fields: unknown = body;
    const field: unknown =
      typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>)[FIELD] : undefined;
    const given = headers['x-csrf-token'] ?? field;
    return sessionToken !== undefined && typeof given === 'string' && this.box.verify(sessionToken, given, PURPOSE);
  }
}
