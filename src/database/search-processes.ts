import { databaseFault } from './database-fault';
import { Reader } from './reader';
import { searchesBusy } from './search-fault';
import type { SearchAnswer, SearchQuestion } from './search-process';
import { SearchSlot } from './search-slot';
import type { SqlParams } from './sql';

const PROCESSES = 2;

interface Waiting {
  question: SearchQuestion;
  settle: (answer: SearchAnswer | Error) => void;
}

/**
 * Reads a SQLite file for searches in processes of their own (docs/adr/0008): nothing but the end of its process stops a
 * query of SQLite. A query waits at most `patienceMs` for a process, and runs at most as long.
 */
export class SearchProcesses extends Reader {
  readonly dialect = 'sqlite';
  private readonly idle: SearchSlot[];
  private readonly slots: readonly SearchSlot[];
  private readonly waiting: Waiting[] = [];

  constructor(
    file: string,
    private readonly patienceMs: number,
  ) {
    super();
    this.slots = Array.from({ length: PROCESSES }, () => new SearchSlot(file, patienceMs));
    this.idle = [...this.slots];
  }

  /** @throws AppError search_too_slow, unavailable */
  async query<Row>(sql: string, params: SqlParams = []): Promise<Row[]> {
    const answer = await new Promise<SearchAnswer>((resolve, reject) => {
      const timer = setTimeout(() => this.giveUp(waiting), this.patienceMs);
      const waiting: Waiting = {
        question: { sql, params },
        settle: (outcome) => {
          clearTimeout(timer);
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        },
      };
      this.waiting.push(waiting);
      this.next();
    });
    if ('rows' in answer) return answer.rows as Row[];
    throw databaseFault(Object.assign(new Error(answer.fault.message), { code: answer.fault.code }));
  }

  close(): void {
    for (const slot of this.slots) slot.end();
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const slot = this.idle.pop();
    const waiting = slot && this.waiting.shift();
    if (slot === undefined || waiting === undefined) return;
    void slot.ask(waiting.question).then((outcome) => {
      waiting.settle(outcome);
      this.idle.push(slot);
      this.next();
    });
  }

  private giveUp(waiting: Waiting): void {
    const at = this.waiting.indexOf(waiting);
    if (at < 0) return; // it runs: its slot looks after it
    this.waiting.splice(at, 1);
    waiting.settle(searchesBusy());
  }
}
