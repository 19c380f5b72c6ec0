export type Severity = 'normal' | 'warning' | 'error' | 'alert';

/** The audit log's codes and texts that matter here (oVirt: AuditLogType.java; the texts as an engine 4.5.7 wrote them). */
export const EVENT_KINDS = {
  login: [30, 'normal', "User {user} connecting from '127.0.0.1' logged in."],
  vmUp: [32, 'normal', 'VM {vm} started on Host {host}'],
  vmCreated: [34, 'normal', 'VM {vm} was created by {user}.'],
  vmCreating: [37, 'normal', 'VM {vm} creation was initiated by {user}.'],
  templateCreating: [48, 'normal', 'Creation of Template {template} from VM {vm} was initiated by {user}.'],
  templateRemoving: [50, 'normal', 'Removal of Template {template} was initiated by {user}.'],
  templateCreated: [51, 'normal', 'Creation of Template {template} from VM {vm} has been completed.'],
  vmCreationDone: [53, 'normal', 'VM {vm} creation has been completed.'],
  vmStartFailed: [54, 'error', 'Failed to run VM {vm} due to a failed validation: [{reason}] (User: {user}).'],
  vmStopFailed: [56, 'error', 'Failed to power off VM {vm} (Host: {host}, User: {user}).'],
  vmDown: [61, 'normal', 'VM {vm} is down. Exit message: {reason}'],
  vmShutdown: [73, 'normal', 'VM shutdown initiated by {user} on VM {vm} (Host: {host}).'],
  vmRemoved: [113, 'normal', 'VM {vm} was successfully removed by {user}.'],
  loginFailed: [114, 'error', "User {user} connecting from '127.0.0.1' failed to log in."],
  vmCrashed: [119, 'error', 'VM {vm} is down with error. Exit message: {reason}.'],
  vmPaused: [138, 'error', 'VM {vm} has been paused due to no Storage space error.'],
  vmShutdownFailed: [147, 'warning', 'Shutdown of VM {vm} failed.'],
  vmRefused: [151, 'warning', 'Failed to run VM {vm} on Host {host}.'],
  vmStarted: [153, 'normal', 'VM {vm} was started by {user} (Host: {host}).'],
  vmStopSkipped: [254, 'normal', 'VM {vm} is already Down, Stop VM was skipped. User: {user}.'],
  nicAdded: [932, 'normal', 'Interface {nic} (VirtIO) was added to VM {vm}. (User: {user})'],
  hostSilent: [9027, 'warning', 'Host {host} is not responding.'],
} as const satisfies Record<string, readonly [number, Severity, string]>;

export type EventKind = keyof typeof EVENT_KINDS;
