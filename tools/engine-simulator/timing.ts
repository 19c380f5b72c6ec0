/** How long things take, in milliseconds: what was seen at an engine 4.5.7 with hosts of a test bench. */
export interface Timing {
  /** A VM without disks is `down` at once, its job runs on. */
  createJob: number;
  /** Disks that are copied, created or captured stay locked so long. */
  imageCopy: number;
  /** From the start to `powering_up`. */
  waitForLaunch: number;
  /** From there to `up`. */
  powerUp: number;
  /** From a host's refusal until the engine starts the VM on the next one. */
  hostRetry: number;
  /** From `up` until the guest's agent knows its addresses. */
  guestAgent: number;
  /** The engine reads what agents know each so often. */
  guestPoll: number;
  shutdown: number;
  stop: number;
  reboot: number;
  suspend: number;
  resume: number;
  /** From `down` until a next-run configuration is applied. */
  nextRun: number;
  /** A template without disks is locked so long. */
  capture: number;
  /** A VM without disks is gone at once, its job runs on. */
  removal: number;
  /** From the VM's 404 until its disks are gone, and what they are based on may be deleted. */
  disksGoing: number;
  /** A Glance image of a few hundred KiB is downloaded so long. */
  imageDownload: number;
  /** From the end of a transfer until the engine has looked at what was sent. */
  transferFinalize: number;
  /** From a cancel to the clean-up, and from there to its end. */
  transferCleanup: number;
  transferResume: number;
  /** Until a silent host is shown as `connecting`. */
  hostSilence: number;
}

export const DEFAULT_TIMING: Timing = {
  createJob: 2300,
  imageCopy: 5000,
  waitForLaunch: 1600,
  powerUp: 3000,
  hostRetry: 1000,
  guestAgent: 4000,
  guestPoll: 15_000,
  shutdown: 3000,
  stop: 300,
  reboot: 4000,
  suspend: 5000,
  resume: 5000,
  nextRun: 1000,
  capture: 3000,
  removal: 500,
  disksGoing: 4000,
  imageDownload: 6000,
  transferFinalize: 1600,
  transferCleanup: 3000,
  transferResume: 1000,
  hostSilence: 14_000,
};
