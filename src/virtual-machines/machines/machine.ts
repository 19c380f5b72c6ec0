/** A VM that was launched here. */
export interface Machine {
  id: number;
  computeResource: { id: number; name: string };
  /** The engine's. */
  vmId: string;
  name: string;
  /** The engine's word, or `launching`, `removed`. */
  state: string;
  /** When the engine told it. */
  stateAt: Date;
  owner: { id: number | null; login: string };
  accessKeyId: number | null;
  /** The access key that launched it is revoked or deleted. */
  keyGone: boolean;
  image: string;
  clusterId: string;
  datacenterId: string | null;
  addresses: string[];
  launchId: string;
  operationId: string;
  failed: boolean;
  createdAt: Date;
  removedAt: Date | null;
}

/** Why nobody owns it any more; null where somebody does. */
export type Unowned = 'launch_failed' | 'owner_gone' | 'key_gone' | null;

export function unownedBecause({ failed, owner, keyGone, removedAt }: Machine): Unowned {
  if (removedAt !== null) return null;
  if (failed) return 'launch_failed';
  if (owner.id === null) return 'owner_gone';
  return keyGone ? 'key_gone' : null;
}
