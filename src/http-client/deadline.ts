/**
 * Runs a call within a time; the caller's signal ends it earlier, with its own reason.
 * @param timedOut what is thrown when the time is over
 */
export async function within<T>(
  signal: AbortSignal | undefined,
  timeoutMs: number,
  call: (deadline: AbortSignal) => Promise<T>,
  timedOut: (cause: unknown) => Error,
): Promise<T> {
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  const deadline = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    return await abortable(call(deadline), deadline);
  } catch (error) {
    signal?.throwIfAborted();
    throw timeout.aborted ? timedOut(error) : error;
  }
}

/** The promise, given up when the signal aborts; what it awaits may be shared with others and goes on. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('Given up'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
