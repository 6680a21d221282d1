import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A digest of every file below a folder, by name and content: tells a save that changed something from one that did not. */
export async function fingerprint(folder: string): Promise<string> {
  const hash = createHash('sha1');
  for (const line of await digests(folder, '')) hash.update(line);
  return hash.digest('hex');
}

async function digests(folder: string, inside: string): Promise<string[]> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch(() => []);
  const lines = await Promise.all(
    entries
      .filter((entry) => !LEFT_OUT.has(entry.name))
      .map(async (entry) => {
        const path = join(inside, entry.name);
        if (entry.isDirectory()) return digests(folder, path);
        if (!entry.isFile()) return [];
        const bytes = await readFile(join(folder, path)).catch(() => null);
        return bytes === null ? [] : [`${path}\0${createHash('sha1').update(bytes).digest('hex')}\n`];
      }),
  );
  return lines.flat().sort();
}

const LEFT_OUT = new Set(['node_modules', 'dist', '.git']);
