import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { renamePatiently } from './patiently.ts';

/** Writes the whole file or nothing; it is on the disk when this answers. */
export async function writeAtomically(path: string, bytes: Buffer | string): Promise<void> {
  const beside = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await writeThrough(beside, bytes);
    await renamePatiently(beside, path);
  } catch (cause) {
    await unlink(beside).catch(() => undefined);
    throw cause;
  }
}

/** A new file whose bytes have reached the disk and not only the system's memory. */
export async function writeThrough(path: string, bytes: Buffer | string, mode = 0o666): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
