import type { Actor } from '../common/actor';
import { AppError } from '../common/app-error';

/** @throws AppError forbidden when the actor's certificate is another host's, and not one that speaks for all */
export function mustSpeakFor({ onlyForHost }: Actor, name: string): void {
  if (onlyForHost === undefined || onlyForHost === name) return;
  throw new AppError(
    'forbidden',
    `Certificate ${onlyForHost} speaks for its own host only, not for ${name}; UPLOAD_CERT_NAMES lists those that speak for all`,
  );
}
