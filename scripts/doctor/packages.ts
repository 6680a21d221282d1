import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { broken, type Examination, ok, warning } from './diagnosis.ts';

/** What is installed against what the lock says; npm writes a lock of its own into node_modules. */
export const examinePackages: Examination = {
  id: 'packages',
  title: 'Packages',
  async examine({ root }) {
    const wanted = await readLock(join(root, 'package-lock.json'));
    if (wanted === null)
      return broken('package-lock.json is missing or unreadable', 'git checkout -- package-lock.json');
    const installed = await readLock(join(root, 'node_modules', '.package-lock.json'));
    if (installed === null) return broken('node_modules is not what npm ci makes', CI);
    const needed = Object.entries(wanted).filter(([path, { optional }]) => path !== '' && optional !== true);
    const wrong = needed.filter(([path, { version }]) => installed[path]?.version !== version);
    const isMissing = ([path, { dev }]: (typeof needed)[number]) =>
      dev !== true && installed[path] === undefined;
    const names = wrong.map(([path]) => path.replace(/^.*node_modules\//, '')).slice(0, 3);
    if (wrong.length === 0)
      return ok(`${Object.keys(installed).length} installed, as package-lock.json says`);
    const says = `${wrong.length} not as package-lock.json says (${names.join(', ')}${wrong.length > names.length ? ', …' : ''})`;
    return wrong.some(isMissing) ? broken(says, CI) : warning(says, CI);
  },
};

async function readLock(file: string): Promise<Lock['packages'] | null> {
  try {
    return lockSchema.parse(JSON.parse(await readFile(file, 'utf8'))).packages;
  } catch {
    return null;
  }
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      optional: z.boolean().optional(),
      dev: z.boolean().optional(),
    }),
  ),
});
type Lock = z.infer<typeof lockSchema>;
const CI = 'npm ci';
