import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { readTar } from '../oci/read-tar.ts';

const manifestSchema = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()) })).min(1);
const configSchema = z.object({
  config: z
    .object({
      User: z.string().default(''),
      WorkingDir: z.string().default(''),
      Env: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      Entrypoint: z.array(z.string()).nullish(),
      Labels: z.record(z.string(), z.string()).nullish(),
    })
    .loose(),
  history: z.array(z.object({ created_by: z.string().default('') }).loose()).default([]),
  rootfs: z.object({ diff_ids: z.array(z.string()) }),
});

export type SavedConfig = z.infer<typeof configSchema>;

export interface SavedLayer {
  /** Regular files by path, with a leading slash; marks of deletion (`.wh.…`) among them. */
  readonly files: ReadonlyMap<string, Buffer>;
}

export interface SavedImage {
  readonly config: SavedConfig;
  /** The configuration as text, everything in it. */
  readonly configText: string;
  readonly layers: number;
  /** Reads one layer into memory. */
  layer(index: number): Promise<SavedLayer>;
  close(): Promise<void>;
}

/** Opens what `docker save` wrote. Layers are read one at a time: an image may be larger than memory. */
export async function openSavedImage(file: string): Promise<SavedImage> {
  const handle = await open(file);
  const index = await indexOf(handle);
  const bytesOf = async (path: string) => {
    const place = index.get(path);
    if (place === undefined) throw new Error(`${file} has no ${path}`);
    const { buffer } = await handle.read(Buffer.alloc(place.size), 0, place.size, place.offset);
    return buffer;
  };
  const [manifest] = manifestSchema.parse(JSON.parse((await bytesOf('manifest.json')).toString('utf8')));
  const configText = (await bytesOf(manifest?.Config ?? '')).toString('utf8');
  const paths = manifest?.Layers ?? [];
  return {
    config: configSchema.parse(JSON.parse(configText)),
    configText,
    layers: paths.length,
    async layer(number) {
      const entries = readTar(await bytesOf(paths[number] ?? '')) ?? [];
      return { files: new Map(entries.map(({ path, bytes }) => [`/${path}`, bytes])) };
    },
    close: () => handle.close(),
  };
}

/** Where each file of the outer archive lies. */
async function indexOf(handle: FileHandle): Promise<Map<string, { offset: number; size: number }>> {
  const found = new Map<string, { offset: number; size: number }>();
  const { size: end } = await handle.stat();
  const head = Buffer.alloc(512);
  for (let at = 0; at + 512 <= end;) {
    await handle.read(head, 0, 512, at);
    if (head[0] === 0) break;
    const text = (from: number, length: number) =>
      head
        .subarray(from, from + length)
        .toString('utf8')
        .replace(/\0.*$/s, '');
    const size =
      ((head[124] ?? 0) & 0x80) !== 0
        ? Number(head.readBigUInt64BE(128))
        : Number.parseInt(text(124, 12).trim() || '0', 8);
    const prefix = text(345, 155);
    const path = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`;
    found.set(path, { offset: at + 512, size });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}
