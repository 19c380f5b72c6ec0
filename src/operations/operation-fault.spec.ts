import { AppError } from '../common/app-error';
import { EngineError } from '../engine';
import { FailedAndKept, NobodySignedIn, isUnforeseen, meaningOf } from './operation-fault';
import type { WaitingFor } from './operation';

const told = (error: EngineError) => new AppError('conflict', `dc1: ${error.message}`, { reason: 'told' });
const after = (waitingFor: WaitingFor | null, ms: number) => ({ for: waitingFor, ms });
const refused = (detail: string, kind: 'conflict' | 'bad_request' = 'conflict') =>
  new EngineError(kind, detail, { status: kind === 'conflict' ? 409 : 400, detail });
const LOCKED = refused('[Cannot add VM. Related operation is currently in progress. Please try again later.]');

describe('meaningOf', () => {
  it.each([
    ['nobody who is signed in', new NobodySignedIn(), 'sign_in'],
    ['an engine that is away', new EngineError('refused', 'no'), 'engine'],
    ['an engine that starts', new EngineError('unavailable', 'no', { status: 503 }), 'engine'],
    ['a database that is away', new AppError('unavailable', 'no'), 'engine'],
    ['a captive portal', new EngineError('not_an_engine', 'no', { status: 200 }), 'engine'],
    ['an engine out of its senses', new EngineError('fault', 'no', { status: 500 }), 'engine'],
    ['a lock', LOCKED, 'lock'],
    ['a silent host', refused('[Network error during communication with the Host.]', 'bad_request'), 'lock'],
    ['a configuration that is applied', refused('[Cannot run VM. VM is being updated.]'), 'lock'],
  ] as const)('has %s waited for', (_, error, waitFor) => {
    expect(meaningOf(error, after(null, 0), told)).toEqual({ waitFor, againMs: 1_000 });
  });

  it.each([
    ['no host', refused('[There are no hosts to use. Check that …]', 'bad_request')],
    ['a name that is taken', refused('[Cannot add VM. The VM name is already in use, please …]')],
    ['a quota', refused('[Cannot run VM. Quota has insufficient cluster resources.]')],
    ['low space', refused('[Cannot add VM. Low disk space on Storage Domain data.]')],
    ['a fault of a write', new EngineError('fault', 'no', { status: 500, write: true })],
    ['want of a right', new EngineError('forbidden', 'no', { status: 403 })],
  ])('has %s end it, in the words for people', (_, error) => {
    expect(meaningOf(error, after(null, 0), told)).toMatchObject({
      fault: { code: 'told', message: `dc1: ${error.message}` },
      keep: false,
    });
  });

  it('asks less often the longer it waits, from a second to a minute', () => {
    const pauses = [0, 1_500, 10_000, 500_000].map((ms) => meaningOf(LOCKED, after('lock', ms), told));
    expect(pauses.map((meaning) => 'againMs' in meaning && meaning.againMs)).toEqual([1_000, 1_000, 5_000, 60_000]);
  });

  it('waits for nothing for ever, and begins anew with another obstacle', () => {
    const tenMinutes = 600_000;
    expect(meaningOf(LOCKED, after('lock', tenMinutes), told)).toHaveProperty('fault');
    expect(meaningOf(LOCKED, after('engine', tenMinutes), told)).toHaveProperty('waitFor', 'lock');
    const week = 7 * 24 * 3_600_000;
    expect(meaningOf(new NobodySignedIn(), after('sign_in', week), told)).toMatchObject({
      fault: { code: 'never_signed_in' },
    });
  });

  it('keeps what was made where the step says so, and tells nothing of what nobody foresaw', () => {
    expect(meaningOf(new FailedAndKept('conflict', 'x', 'It failed'), after(null, 0), told)).toEqual({
      fault: { code: 'x', message: 'It failed' },
      keep: true,
    });
    const unforeseen = meaningOf(new Error('internals'), after(null, 0), told);
    expect(JSON.stringify(unforeseen)).not.toContain('internals');
    expect([new Error(), LOCKED, new AppError('conflict', '')].map(isUnforeseen)).toEqual([true, false, false]);
  });
});
