import type { Request } from 'express';
import { AppError } from '../../common/app-error';

/** @throws AppError unsupported_media_type for a body that is said to be anything else than JSON in UTF-8 */
export function demandJson(request: Request): void {
  const { 'content-type': given, 'content-length': length } = request.headers;
  const type = given ?? 'none';
  const isNone = length === '0' && (given === undefined || request.method === 'DELETE');
  if (request.is('application/json') === false && !isNone)
    throw new AppError(
      'unsupported_media_type',
      `'Content-Type: ${type}' is unsupported in API v2 for POST and PUT requests. Please use 'Content-Type: application/json'.`,
    );
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset))
    throw new AppError('unsupported_media_type', `Unsupported charset "${charset}": JSON is sent in UTF-8`);
}
