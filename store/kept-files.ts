import { stat } from 'node:fs/promises';

export type KeepFiles = <Value>(files: readonly string[], make: () => Promise<Value>) => Promise<Value>;

/**
 * What was made of files, for as long as none of them changes, comes or goes. One place for one kind of value: the paths
 * alone tell values apart. What failed is made again.
 */
export function createFileKeeper(): KeepFiles {
  const kept = new Map<string, { readonly stamp: string; readonly value: Promise<unknown> }>();
  return async <Value>(files: readonly string[], make: () => Promise<Value>) => {
    const key = files.join('\0');
    const stamp = await stampOf(files);
    const known = kept.get(key);
    // The one who makes values under a key is always the same, so that what is kept is of its type.
    if (stamp !== null && known?.stamp === stamp) return known.value as Promise<Value>;
    const value = make();
    if (stamp === null) kept.delete(key);
    else kept.set(key, { stamp, value });
    value.catch(() => kept.delete(key));
    return value;
  };
}

/** `null` while a file is so young that another write could leave the same times. */
async function stampOf(files: readonly string[]): Promise<string | null> {
  const stamps = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => null);
      if (found === null) return 'none';
      const { ino, size, mtimeMs, ctimeMs } = found;
      const age = Date.now() - Math.max(mtimeMs, ctimeMs);
      return age < YOUNG_MS ? null : [ino, size, mtimeMs, ctimeMs].join();
    }),
  );
  return stamps.includes(null) ? null : stamps.join('\0');
}

/** More than the coarsest clock of a file system, which is FAT's. */
const YOUNG_MS = 2_500;
