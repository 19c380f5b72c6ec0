import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { CliError, EXIT } from '../cli-error';
import type { ServiceClient } from './service-client';
import { plainText, type Row } from './table';

export const Operation = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  state: z.string(),
  waiting_for: z.string().nullable(),
  progress: z.number().nullable(),
  user: z.object({ login: z.string() }),
  created_at: z.string(),
  steps: z.array(z.object({ title: z.string(), state: z.string(), message: z.string().nullable() })),
  error: z.object({ message: z.string(), engine: z.object({ detail: z.string().nullable() }).optional() }).nullable(),
  left_behind: z.array(z.object({ type: z.string(), name: z.string(), id: z.string() })),
  result: z.looseObject({ name: z.string().optional(), addresses: z.array(z.string()).optional() }).nullable(),
});
export type Operation = z.output<typeof Operation>;

const LOOK_MS = 2_000;
const OVER = ['succeeded', 'failed', 'cancelled'];
const BAR = 24;

/** An operation in a line of a list. */
export function operationRow({ id, title, state, waiting_for: wait, progress, user, created_at: at }: Operation): Row {
  const done = progress === null || OVER.includes(state) ? '' : `${progress} %`;
  return { operation: title, state: wait === null ? state : `${state} (${wait})`, done, by: user.login, begun: at, id };
}

/**
 * Waits until an operation is over, and shows meanwhile how it goes on: a bar on a terminal, a line a change elsewhere, on the
 * standard error. Who interrupts it only stops looking.
 * @throws CliError failed, interrupted, unreachable
 */
export async function follow(service: ServiceClient, id: string): Promise<unknown> {
  const interrupted = new AbortController();
  const stop = () => interrupted.abort();
  process.once('SIGINT', stop);
  try {
    return await look(service, id, interrupted.signal);
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

async function look(service: ServiceClient, id: string, signal: AbortSignal): Promise<unknown> {
  const show = progressTo(process.stderr);
  for (;;) {
    const answer = await service.get(`/api/v2/operations/${encodeURIComponent(id)}`);
    const operation = Operation.parse(answer);
    show(operation);
    if (OVER.includes(operation.state)) return ended(operation, answer);
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted)
      throw new CliError(EXIT.interrupted, `${operation.title} goes on: foreman-ovirt operations wait ${id}`);
  }
}

function ended(operation: Operation, answer: unknown): unknown {
  const { state, title, error, left_behind: left } = operation;
  if (state === 'succeeded') return answer;
  const said = error?.engine?.detail ? ` The engine said: ${error.engine.detail}` : '';
  const behind = left.map(({ type, name }) => `${type} ${name}`).join(', ');
  throw new CliError(
    EXIT.failed,
    `${title}: ${error === null ? state : error.message}${said}${behind === '' ? '' : ` Left behind: ${behind}.`}`,
  );
}

function progressTo(stream: NodeJS.WriteStream): (operation: Operation) => void {
  let last = '';
  return (operation) => {
    const step = operation.steps.findLast(({ state }) => state !== 'queued' && state !== 'undone');
    const text = [operation.title, step?.title, step?.message].filter(Boolean).join(': ');
    const line = `${stream.isTTY ? barOf(operation.progress ?? 0) : ''}${plainText(text)} (${operation.state})`;
    if (line === last) return;
    last = line;
    stream.write(stream.isTTY ? `\r\u001b[K${line}${OVER.includes(operation.state) ? '\n' : ''}` : `${line}\n`);
  };
}

function barOf(progress: number): string {
  const full = Math.round((progress * BAR) / 100);
  return `[${'#'.repeat(full)}${' '.repeat(BAR - full)}] `;
}
