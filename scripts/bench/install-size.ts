import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What `npm ci` put on the disk: bytes of the files, and folders with a package.json of a package. */
export async function measureInstall(
  root: string,
): Promise<{ readonly megabytes: number; readonly packages: number }> {
  const modules = join(root, 'node_modules');
  const [bytes, packages] = await Promise.all([bytesBelow(modules), packagesIn(modules)]);
  return { megabytes: bytes / 1e6, packages };
}

async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await bytesBelow(path);
    else if (entry.isFile()) bytes += (await lstat(path)).size;
  }
  return bytes;
}

async function packagesIn(modules: string): Promise<number> {
  let packages = 0;
  for (const folder of await packageFolders(modules))
    packages += 1 + (await packagesIn(join(folder, 'node_modules')));
  return packages;
}

async function packageFolders(modules: string): Promise<string[]> {
  const entries = await readdir(modules, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const nested = folders.map(async ({ name }) => {
    if (!name.startsWith('@')) return [join(modules, name)];
    return (await readdir(join(modules, name))).map((inner) => join(modules, name, inner));
  });
  return (await Promise.all(nested)).flat();
}
