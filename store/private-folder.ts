import { chmod, mkdir, stat } from 'node:fs/promises';

/** Makes the folder, open to its owner alone. One that is there and open to others is closed to them, where the system lets us. */
export async function ensurePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) await chmod(path, 0o700).catch(() => undefined);
}
