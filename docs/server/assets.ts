import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

export interface Asset {
  readonly type: string;
  readonly body: Buffer;
}

export interface Assets {
  /** `/assets/` and a digest of everything in it: a browser may keep these files for ever. */
  readonly base: string;
  readonly files: ReadonlyMap<string, Asset>;
}

/** The stylesheets joined into one `guide.css`, in the order of their numbers; scripts and pictures as they are. */
export async function loadAssets(folder = new URL('../assets/', import.meta.url)): Promise<Assets> {
  const styles = await readAll(new URL('styles/', folder));
  const scripts = await readAll(new URL('scripts/', folder));
  const files = new Map<string, Asset>([
    ['guide.css', { type: 'text/css; charset=utf-8', body: Buffer.concat(styles.map(({ body }) => body)) }],
    ...scripts.map(({ name, body }) => [name, { type: 'text/javascript; charset=utf-8', body }] as const),
    ['favicon.svg', { type: 'image/svg+xml', body: await readFile(new URL('favicon.svg', folder)) }],
  ]);
  const digest = createHash('sha256');
  for (const [name, { body }] of files) digest.update(name).update(body);
  return { base: `/assets/${digest.digest('hex').slice(0, 12)}`, files };
}

async function readAll(folder: URL): Promise<readonly { name: string; body: Buffer }[]> {
  const names = (await readdir(folder)).toSorted();
  return Promise.all(names.map(async (name) => ({ name, body: await readFile(new URL(name, folder)) })));
}
