import type { ColumnOf, RowOf } from '../../database';
import type { Session } from '../credential.entities';

/** The engine session that a session of ours stands on. */
export interface EngineProof {
  engineId: number;
  sealedSecret: string;
  /** When the engine last confirmed it, epoch ms. */
  provedAt: number;
  /** Whether it was opened by password here, and so ends with ours. */
  openedHere: boolean;
}

/** `origin`: at which of the engine's addresses it was proved, where that is known. */
export interface EngineSecret {
  secret: string;
  origin?: string;
}

export interface NewProof extends EngineSecret {
  engineId: number;
  openedHere: boolean;
}

export interface StoredSession {
  /** SHA-256 of the cookie's value. */
  digest: string;
  userId: number;
  /** Epoch ms. */
  expiresAt: number;
  /** Null for sessions by password. */
  engine: EngineProof | null;
}

const COLUMNS = [
  'token_digest',
  'user_id',
  'expires_at',
  'engine_id',
  'sealed_secret',
  'proved_at',
  'opened_here',
] as const satisfies ColumnOf<Session>[];
export type SessionRow = RowOf<Session, (typeof COLUMNS)[number]>;
/** Gives SessionRows. */
export const SELECT_SESSIONS = `SELECT ${COLUMNS.join(', ')} FROM sessions`;

export function toSession(row: SessionRow): StoredSession {
  const { engine_id: engineId, sealed_secret: sealedSecret, proved_at: provedAt } = row;
  const engine =
    engineId === null || sealedSecret === null
      ? null
      : { engineId, sealedSecret, provedAt: provedAt ?? 0, openedHere: Boolean(row.opened_here) };
  return { digest: row.token_digest, userId: row.user_id, expiresAt: row.expires_at, engine };
}
