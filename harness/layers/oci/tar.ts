export interface TarItem {
  /** Without a leading slash; a folder ends with one. */
  readonly path: string;
  readonly bytes?: Buffer;
  readonly mode: number;
  readonly owner: number;
}

/** A ustar archive, with PAX headers for long names. Times are 1970, so the same items give the same bytes. */
export function createTar(items: readonly TarItem[]): Buffer {
  const blocks = items.flatMap(({ path, bytes = Buffer.alloc(0), mode, owner }) => {
    const name = splitName(path);
    const type = path.endsWith('/') ? '5' : '0';
    const entry = [
      header(name ?? { name: path.slice(-100), prefix: '' }, bytes.length, type, mode, owner),
      padded(bytes),
    ];
    return name === null ? [...longName(path), ...entry] : entry;
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

/** Name and prefix of a ustar header; `null` when the path fits in neither. */
function splitName(path: string): { name: string; prefix: string } | null {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: '' };
  for (let at = path.lastIndexOf('/', path.length - 2); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { name, prefix };
  }
  return null;
}

function longName(path: string): Buffer[] {
  const record = ` path=${path}\n`;
  const bytes = Buffer.byteLength(record);
  // The number of its own digits is part of the length.
  const length = [1, 2, 3, 4]
    .map((digits) => bytes + digits)
    .find((total, index) => String(total).length === index + 1);
  const body = Buffer.from(`${length ?? bytes}${record}`);
  return [header({ name: 'PaxHeader', prefix: '' }, body.length, 'x', 0o644, 0), padded(body)];
}

function header(
  { name, prefix }: { readonly name: string; readonly prefix: string },
  size: number,
  type: string,
  mode: number,
  owner: number,
): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => value.toString(8).padStart(length, '0');
  block.write(name, 0);
  block.write(octal(mode, 7), 100);
  block.write(octal(owner, 7), 108);
  block.write(octal(owner, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\u000000', 257);
  block.write(prefix, 345);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
  );
  return block;
}

const padded = (bytes: Buffer) =>
  Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);

const BLOCK = 512;
