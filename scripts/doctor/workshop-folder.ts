import { lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { broken, type Diagnosis, type Examination, ok, warning } from './diagnosis.ts';

/** `.workshop` holds progress and backups: ours to write, and nobody else's to read. */
export const examineWorkshopFolder: Examination = {
  id: 'workshop-folder',
  title: '.workshop',
  async examine({ root, platform }) {
    const folder = join(root, '.workshop');
    const made = await mkdir(folder, { recursive: true, mode: 0o700 }).catch(
      (error: NodeJS.ErrnoException) => error,
    );
    if (made instanceof Error) return unwritable(made, platform);
    const probe = join(folder, `probe-${process.pid}`);
    const wrote = await writeFile(probe, '').catch((error: NodeJS.ErrnoException) => error);
    await rm(probe, { force: true }).catch(() => undefined);
    if (wrote instanceof Error) return unwritable(wrote, platform);
    const me = process.geteuid?.();
    const strangers = me === undefined ? [] : await ownedByOthers(folder, me);
    if (strangers.length > 0)
      return broken(
        `${strangers.slice(0, 3).join(', ')} in it belongs to another user (a start with sudo?)`,
        OWN,
      );
    const { mode } = await lstat(folder);
    if (platform !== 'win32' && (mode & 0o077) !== 0)
      return warning('other users of this computer may read it', 'chmod 700 .workshop');
    return ok('may be written to, by you alone');
  },
};

/** What a learner's own commands would stumble over; the engine's folder may be another user's when we are root. */
async function ownedByOthers(folder: string, me: number): Promise<string[]> {
  if (me === 0) return [];
  const found: string[] = [];
  for (const name of await readdir(folder)) {
    const entry = await lstat(join(folder, name)).catch(() => null);
    if (entry !== null && entry.uid !== me) found.push(name);
  }
  return found;
}

function unwritable(error: NodeJS.ErrnoException, platform: NodeJS.Platform): Diagnosis {
  const code = error.code ?? error.message;
  if (['EEXIST', 'ENOTDIR'].includes(code))
    return broken('a file stands in the place of the folder', MOVE_AWAY);
  if (['ENOSPC', 'EDQUOT'].includes(code))
    return broken('cannot be written to: the disk is full', 'npm cache clean --force');
  if (code === 'EROFS')
    return broken('cannot be written to: the disk may only be read', 'Copy the workshop to a disk of yours.');
  return broken(
    `may not be written to (${code})`,
    platform === 'win32' ? 'icacls . /grant "%USERNAME%":F /T' : OWN,
  );
}

const OWN = 'sudo chown -R "$(id -u):$(id -g)" .';
const MOVE_AWAY = 'mv .workshop workshop-file';
