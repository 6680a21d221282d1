import { createHash } from 'node:crypto';

/**
 * Results by the content they were made from, the least recently asked for dropped first. Two who ask at once share one
 * making; one that fails is forgotten, so that the next asks again.
 */
export function createPageCache<Value>(
  most = 64,
): (content: string, make: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>();

  return (content, make) => {
    const key = createHash('sha256').update(content).digest('base64');
    const value = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, value);
    value.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return value;
  };
}
