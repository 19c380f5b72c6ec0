/** An upload or download of a disk's bytes. */
export interface SimTransfer {
  id: string;
  diskId: string;
  diskName: string;
  direction: 'upload' | 'download';
  format: 'cow' | 'raw';
  phase: TransferPhase;
  inactivitySeconds: number;
  timeoutPolicy: 'legacy' | 'pause' | 'cancel';
  hostId: string;
  /** Null once nothing may be sent any more. */
  ticketId: string | null;
  transferredBytes: number;
}

export type TransferPhase =
  | 'initializing'
  | 'transferring'
  | 'resuming'
  | 'paused_user'
  | 'paused_system'
  | 'cancelled_user'
  | 'cancelled_system'
  | 'finalizing_success'
  | 'finalizing_failure'
  | 'finalizing_cleanup'
  | 'finished_success'
  | 'finished_failure'
  | 'finished_cleanup';

export interface TransfersData {
  transfers: SimTransfer[];
}

export const transfersData = (): TransfersData => ({ transfers: [] });

export const hasFinished = ({ phase }: SimTransfer): boolean => phase.startsWith('finished');

/** The one that has not ended. */
export const runningTransferOf = ({ transfers }: TransfersData, diskId: string): SimTransfer | undefined =>
  transfers.find((transfer) => transfer.diskId === diskId && !hasFinished(transfer));
