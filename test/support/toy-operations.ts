import { z } from 'zod';
import {
  OperationKinds,
  Operations,
  type ActsAs,
  type Begun,
  type OperationKind,
  type StepResult,
} from '../../src/operations';
import type { RunningApp } from './app';

/** A kind of two steps whose turns a test decides. */
export class ToyOperations {
  /** What the steps were asked, in order: `first run`, `second undo`, … */
  readonly asked: string[] = [];
  private readonly answers = new Map<string, (() => StepResult | Promise<StepResult>)[]>();

  constructor(private readonly app: RunningApp) {
    app.app.get(OperationKinds).add(this.kind());
  }

  /** The next answers of a step's way; without any it is done. */
  answer(turn: string, ...answers: (() => StepResult | Promise<StepResult>)[]): void {
    this.answers.set(turn, answers);
  }

  begin(
    title = 'A toy',
    more: Partial<{ actsAs: ActsAs; key: string; body: unknown; userId: number; secret: string }> = {},
  ): Promise<Begun> {
    const { userId = 1, key, body = {}, secret = 's3cret-input' } = more;
    const actor = { kind: 'user' as const, userId, name: 'admin', admin: true, permissions: new Set<never>() };
    const actsAs = more.actsAs ?? { by: 'service_account' as const, userId, accessKeyId: null };
    return this.app.app
      .get(Operations)
      .begin(
        { actor, source: { address: '127.0.0.1', requestId: 'r' } },
        { kind: 'toy.play', title, input: { secret }, actsAs, computeResource: null },
        { request: key === undefined ? undefined : { method: 'POST', path: '/toys', key, body } },
      );
  }

  private kind(): OperationKind<{ secret: string }> {
    const step = (name: string, cancellable: boolean) => ({
      name,
      title: `Do the ${name} thing`,
      cancellable,
      run: () => this.turn(`${name} run`),
      undo: () => this.turn(`${name} undo`),
    });
    return {
      kind: 'toy.play',
      input: z.object({ secret: z.string() }),
      steps: [step('first', true), step('second', false)],
      leftBehind: () => [{ type: 'vm', id: 'toy', name: 'toy' }],
    };
  }

  private async turn(turn: string): Promise<StepResult> {
    this.asked.push(turn);
    const answers = this.answers.get(turn) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer === undefined ? { is: 'done' } : answer();
  }
}
