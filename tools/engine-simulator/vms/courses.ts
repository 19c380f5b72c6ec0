import type { Engine } from '../engine';
import type { SimVm } from './data';

const courses = new WeakMap<SimVm, symbol>();

/** What a VM goes through from now on. A later course ends the earlier one: what was still to come does not happen. */
export class Course {
  private readonly mark = Symbol();

  constructor(
    private readonly engine: Engine,
    private readonly vm: SimVm,
  ) {
    courses.set(vm, this.mark);
  }

  after(ms: number, act: () => void): void {
    this.engine.clock.after(ms, () => {
      if (courses.get(this.vm) === this.mark) act();
    });
  }
}
