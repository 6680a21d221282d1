import { cp, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Releasers } from '../releasers.ts';

/** A copy of the workshop in a temporary folder, with the installed packages of this one and nothing that was made by running. */
export async function copyWorkshop(root: string, releasers: Releasers): Promise<string> {
  const copy = await realpath(await mkdtemp(join(tmpdir(), 'second-opinion-bench-')));
  releasers.add(() => rm(copy, { recursive: true, force: true, maxRetries: 5 }));
  const names = (await readdir(root)).filter((name) => !LEFT_OUT.includes(name));
  await Promise.all(
    names.map((name) => cp(join(root, name), join(copy, name), { recursive: true, filter: isSource })),
  );
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

const isSource = (path: string) => !/[\\/](node_modules|dist)$/.test(path);
const LEFT_OUT = ['node_modules', '.git', '.workshop', 'coverage', 'bench.json', 'tests'];
