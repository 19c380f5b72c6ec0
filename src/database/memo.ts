import { LRUCache } from 'lru-cache';
import { atMost } from '../common/cache-limit';

/** A change that nobody told of is seen after this long. */
const KEPT_MS = 1_000;

/**
 * Remembers what a query found, for a second from when it was asked. What is being looked up when `forget` is called is
 * not remembered: it may have been read before the change.
 */
export class Memo<Key extends string | number, Value extends object> {
  private readonly found = new LRUCache<Key, Promise<Value | null>>({ ...atMost(10_000), ttl: KEPT_MS });

  /** @param load null and failures are not remembered */
  constructor(private readonly load: (key: Key) => Promise<Value | null>) {}

  get(key: Key): Promise<Value | null> {
    const known = this.found.get(key);
    if (known !== undefined) return known;
    const loading = this.load(key);
    this.found.set(key, loading);
    const drop = () => this.found.peek(key) === loading && this.found.delete(key);
    loading.then((value) => value ?? drop(), drop);
    return loading;
  }

  forget(): void {
    this.found.clear();
  }
}
