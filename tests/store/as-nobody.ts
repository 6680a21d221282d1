import { chmod } from 'node:fs/promises';

/** Runs `work` while `folder` may only be read: root may write anywhere, so it becomes somebody else meanwhile. */
export async function asNobody<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  await chmod(folder, 0o555);
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
    await chmod(folder, 0o755);
  }
}

const NOBODY = 65534;
