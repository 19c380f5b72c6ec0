import type { Request } from 'express';

/** Whether a page asks for itself, without its reader: that is no activity, and asks no engine as them. */
export const inBackground = ({ method, headers }: Request): boolean =>
  method === 'GET' && headers['x-background-refresh'] !== undefined;
