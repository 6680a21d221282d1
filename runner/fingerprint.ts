import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A digest of every file below a folder, by name and content: tells a save that changed something from one that did not. */
export function fingerprint(folder: string): Promise<string> {
  return digest(folder, async (file) =>
    createHash('sha1')
      .update(await readFile(file))
      .digest('hex'),
  );
}

/**
 * A digest of when every file below a folder was written: tells whether anything was written between two looks, also what
 * was taken back before the second.
 */
export function timestamp(folder: string): Promise<string> {
  return digest(folder, async (file) => {
    const { mtimeNs, size, ino } = await lstat(file, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  });
}

async function digest(folder: string, read: (file: string) => Promise<string>): Promise<string> {
  const hash = createHash('sha1');
  for (const line of await lines(folder, '', read)) hash.update(line);
  return hash.digest('hex');
}

async function lines(
  folder: string,
  inside: string,
  read: (file: string) => Promise<string>,
): Promise<string[]> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries
      .filter((entry) => !LEFT_OUT.has(entry.name))
      .map(async (entry) => {
        const path = join(inside, entry.name);
        if (entry.isDirectory()) return lines(folder, path, read);
        if (!entry.isFile()) return [];
        const said = await read(join(folder, path)).catch(() => null);
        return said === null ? [] : [`${path}\0${said}\n`];
      }),
  );
  return found.flat().sort();
}

const LEFT_OUT = new Set(['node_modules', 'dist', '.git']);
