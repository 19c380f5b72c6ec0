import { Injectable } from '@nestjs/common';
import { SecretBox } from '../secrets';
import type { OperationKind } from './operation-kind';

/** What operations were asked for, sealed in the database: it holds scripts and passwords. */
@Injectable()
export class OperationInputs {
  constructor(private readonly box: SecretBox) {}

  seal(id: string, input: unknown): string {
    return this.box.seal(JSON.stringify(input), purposeOf(id));
  }

  /** @throws Error where the secret key was changed since, or another version wrote it */
  open(kind: OperationKind, { id }: { id: string }, sealed: string): unknown {
    return kind.input.parse(JSON.parse(this.box.open(sealed, purposeOf(id)).text));
  }
}

const purposeOf = (id: string) => `operation ${id}`;
