import { LRUCache } from 'lru-cache';
import { atMost } from '../common/cache-limit';

/** A form asks for several lists at once, and for some again as its fields change. */
const KEPT_MS = 10_000;
const MOST_LISTS = 100;

/** Lists that an engine told somebody, for a few seconds; who asks meanwhile waits for the same answer. */
export class SharedLists {
  private readonly lists = new LRUCache<string, Promise<readonly object[]>>({
    ...atMost(MOST_LISTS),
    ttl: KEPT_MS,
    ttlAutopurge: true,
  });

  /** @param key of the engine, of as whom it is asked, and of the list */
  async get<T extends object>(key: string, load: () => Promise<readonly T[]>): Promise<readonly T[]> {
    // A key stands for one kind of rows: the caller names it after what it loads.
    const known = this.lists.get(key) as Promise<readonly T[]> | undefined;
    if (known) return known;
    const loading = load();
    this.lists.set(key, loading);
    loading.catch(() => this.lists.peek(key) === loading && this.lists.delete(key));
    return loading;
  }

  has(key: string): boolean {
    return this.lists.has(key);
  }

  forget(key: string): void {
    this.lists.delete(key);
  }
}
