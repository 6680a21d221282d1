import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { broken, type Diagnosis, type Examination, ok, warning } from './diagnosis.ts';

export const examineDisk: Examination = {
  id: 'disk',
  title: 'Disk',
  async examine({ root, environment }) {
    const temporary = environment['TMPDIR'] ?? environment['TEMP'] ?? tmpdir();
    const here = await freeMegabytes(root);
    const there = await freeMegabytes(temporary).catch(() => null);
    if (there === null)
      return warning(`the folder for temporary files, ${temporary}, is missing`, MAKE(temporary));
    // Most often both lie on the same disk, and only what is short is worth a word.
    return there < Math.min(here, PLENTY)
      ? diagnoseDisk(there, `in ${temporary}`)
      : diagnoseDisk(here, 'where the workshop lies');
  },
};

/** PostgreSQL and its databases take about 150 MB, a copy of its programs 60 more. */
export function diagnoseDisk(megabytes: number, where: string): Diagnosis {
  const says = `${shown(megabytes)} free ${where}`;
  if (megabytes >= PLENTY) return ok(says);
  const remedy = `Free ${shown(PLENTY - megabytes)} ${where}; \`npm cache clean --force\` often does.`;
  return megabytes < LEAST ? broken(says, remedy) : warning(says, remedy);
}

async function freeMegabytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / 1e6;
}

const shown = (megabytes: number) =>
  megabytes >= 1000
    ? `${(megabytes / 1000).toFixed(megabytes < 10_000 ? 1 : 0)} GB`
    : `${Math.round(megabytes)} MB`;
const MAKE = (folder: string) => `mkdir -p "${folder}"`;
const LEAST = 250;
const PLENTY = 1000;
