import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileTree } from '../store/workspace/file-tree.ts';

/** Writes a tree to a folder of its own below `.workshop/scratch`, hands its `app` over, and removes it again. */
export async function withTree<T>(
  root: string,
  tree: FileTree,
  work: (app: string) => Promise<T>,
): Promise<T> {
  const folder = join(
    root,
    '.workshop',
    'scratch',
    `verify-${process.pid}-${randomBytes(4).toString('hex')}`,
  );
  try {
    await writeTree(folder, tree);
    return await work(join(folder, 'app'));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Each file at its path below `folder`. */
export async function writeTree(folder: string, tree: FileTree): Promise<void> {
  await mkdir(join(folder, 'app'), { recursive: true, mode: 0o700 });
  for (const [path, bytes] of tree) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}
