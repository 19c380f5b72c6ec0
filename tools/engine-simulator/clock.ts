interface Due {
  at: number;
  act: () => void;
}

/**
 * The engine's time and what happens in it by itself. Nothing runs in the background: whoever looks at the engine first has
 * done what is due by then, in its order, so that tests turn the clock and never wait.
 */
export class Clock {
  private readonly due: Due[] = [];
  private turned = 0;
  /** The time of what is being done, which lies before `now()` when nobody looked for a while. */
  private doing: number | null = null;

  /** @param real milliseconds since 1970, `Date.now` unless a test says otherwise */
  constructor(private readonly real: () => number) {}

  now(): number {
    return this.doing ?? this.real() + this.turned;
  }

  /** Has this happen later. The returned function calls it off. */
  after(ms: number, act: () => void): () => void {
    const entry = { at: this.now() + ms, act };
    this.due.push(entry);
    return () => {
      const index = this.due.indexOf(entry);
      if (index >= 0) this.due.splice(index, 1);
    };
  }

  /** Turns the clock on and does what became due. */
  advance(ms: number): void {
    this.turned += ms;
    this.settle();
  }

  /** Does what is due by now, and what follows from it. */
  settle(): void {
    if (this.doing !== null) return;
    const until = this.now();
    try {
      for (let next = this.takeNext(until); next; next = this.takeNext(until)) {
        this.doing = next.at;
        next.act();
      }
    } finally {
      this.doing = null;
    }
  }

  private takeNext(until: number): Due | undefined {
    const first = this.due.reduce<Due | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
    if (!first || first.at > until) return undefined;
    this.due.splice(this.due.indexOf(first), 1);
    return first;
  }
}
