import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { AppError } from '../common/app-error';
import { PACKAGE_ROOT } from '../config';
import { searchTooSlow } from './search-fault';
import type { SearchAnswer, SearchQuestion } from './search-process';

const PROGRAM = join(PACKAGE_ROOT, 'dist/src/database/search-process.js');
const HEAP_MB = 256;

/** One process that searches: started when it is first asked, killed when a question takes too long, then started anew. */
export class SearchSlot {
  private child?: ChildProcess;

  constructor(
    private readonly file: string,
    private readonly patienceMs: number,
  ) {}

  /** One question at a time. */
  ask(question: SearchQuestion): Promise<SearchAnswer | AppError> {
    const child = (this.child ??= this.start());
    return new Promise((resolve) => {
      const done = (outcome: SearchAnswer | AppError): void => {
        clearTimeout(timer);
        child.removeListener('message', done).removeListener('exit', interrupted);
        resolve(outcome);
      };
      const interrupted = (): void => {
        this.end();
        done(new AppError('unavailable', 'The search was interrupted: try again', { reason: 'search_interrupted' }));
      };
      const timer = setTimeout(() => {
        this.end();
        done(searchTooSlow(this.patienceMs));
      }, this.patienceMs);
      child.once('message', done).once('exit', interrupted);
      child.send(question, (error) => error && interrupted());
    });
  }

  end(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  /** It knows the file and nothing else of ours, no secret either; the service does not live on for its sake. */
  private start(): ChildProcess {
    const child = fork(PROGRAM, [this.file], {
      env: {},
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('error', () => undefined); // told by `send` and by its exit
    child.once('exit', () => {
      if (this.child === child) this.child = undefined;
    });
    child.unref();
    child.channel?.unref();
    return child;
  }
}
