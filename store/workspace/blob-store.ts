import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomically } from '../atomic-file.ts';

/** Bytes kept once under their sha256, so that a backup of what is kept already costs nothing. */
export interface BlobStore {
  put(bytes: Buffer): Promise<string>;
  /** `null` when it is gone or no longer what it was. */
  get(id: string): Promise<Buffer | null>;
}

export function createBlobStore(folder: string): BlobStore {
  const fileOf = (id: string): string => join(folder, id.slice(0, 2), id.slice(2));
  return {
    async put(bytes) {
      const id = sha256(bytes);
      const kept = await stat(fileOf(id)).catch(() => null);
      if (kept?.size === bytes.length) return id;
      await mkdir(dirname(fileOf(id)), { recursive: true });
      await writeAtomically(fileOf(id), bytes);
      return id;
    },
    async get(id) {
      const bytes = await readFile(fileOf(id)).catch(() => null);
      return bytes !== null && sha256(bytes) === id ? bytes : null;
    },
  };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
