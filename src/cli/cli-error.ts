/** How a command ends: 0 done, and these. */
export const EXIT = { failed: 1, usage: 2, refused: 3, unreachable: 4, interrupted: 130 } as const;

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
