import { gunzipSync } from 'node:zlib';

export interface TarEntry {
  readonly path: string;
  readonly bytes: Buffer;
  readonly mode: number;
}

/** The regular files of a tar archive, plain or gzip; `null` for anything else. */
export function readTar(archive: Buffer): TarEntry[] | null {
  const tar = inflate(archive);
  if (tar === null || tar.subarray(257, 262).toString('latin1') !== 'ustar') return null;
  const entries: TarEntry[] = [];
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= tar.length;) {
    const head = tar.subarray(at, at + BLOCK);
    if (head[0] === 0) break;
    const size = sizeOf(head);
    const bytes = tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(head[156] ?? 0);
    if (type === 'x') longName = /\d+ path=(.*)\n/.exec(bytes.toString('utf8'))?.[1] ?? longName;
    else if (type === 'L') longName = bytes.toString('utf8').replace(/\0.*$/s, '');
    else {
      const prefix = text(head, 345, 155);
      const name = longName ?? (prefix === '' ? text(head, 0, 100) : `${prefix}/${text(head, 0, 100)}`);
      longName = null;
      if (type === '0' || type === '\0')
        entries.push({
          path: name.replace(/^\.\//, ''),
          bytes,
          mode: Number.parseInt(text(head, 100, 8), 8) & 0o7777,
        });
    }
  }
  return entries;
}

function inflate(archive: Buffer): Buffer | null {
  if (archive[0] !== 0x1f || archive[1] !== 0x8b) return archive;
  try {
    return gunzipSync(archive);
  } catch {
    return null;
  }
}

const text = (head: Buffer, at: number, length: number) =>
  head
    .subarray(at, at + length)
    .toString('utf8')
    .replace(/\0.*$/s, '');

/** Sizes of 8 GiB and more are binary. */
const sizeOf = (head: Buffer) =>
  ((head[124] ?? 0) & 0x80) !== 0
    ? Number(head.readBigUInt64BE(128))
    : Number.parseInt(text(head, 124, 12).trim() || '0', 8);

const BLOCK = 512;
