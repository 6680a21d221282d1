import { chmod, cp, mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Releasers } from '../releasers.ts';

/** A copy of the workshop in a temporary folder, with the installed packages of this one and nothing that was made by running. */
export async function copyWorkshop(root: string, releasers: Releasers): Promise<string> {
  const copy = await realpath(await mkdtemp(join(tmpdir(), 'second-opinion-bench-')));
  releasers.add(() => rm(copy, { recursive: true, force: true, maxRetries: 5 }));
  await useForTemporaryFiles(copy, releasers);
  const names = (await readdir(root)).filter((name) => !LEFT_OUT.includes(name));
  await Promise.all(
    names.map((name) => cp(join(root, name), join(copy, name), { recursive: true, filter: isSource })),
  );
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

/** Run as root, PostgreSQL lives as another user in the folder for temporary files: that is to be measured and removed as well. */
async function useForTemporaryFiles(copy: string, releasers: Releasers): Promise<void> {
  const folder = join(copy, 'tmp');
  await mkdir(folder);
  await Promise.all([chmod(copy, 0o755), chmod(folder, 0o755)]);
  const { TMPDIR: before } = process.env;
  process.env['TMPDIR'] = folder;
  releasers.add(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
}

const isSource = (path: string) => !/[\\/](node_modules|dist)$/.test(path);
const LEFT_OUT = ['node_modules', '.git', '.workshop', 'coverage', 'bench.json', 'tests'];
