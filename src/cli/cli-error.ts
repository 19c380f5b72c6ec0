/** How a command ends: 0 done, 1 failed, and these. */
export const EXIT = { usage: 2, refused: 3, unreachable: 4, interrupted: 130 } as const;

/** Ends the command with a message for who called it. */
export class CliError extends Error {
  constructor(
    readonly status: (typeof EXIT)[keyof typeof EXIT],
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'CliError';
  }
}
