import { rm, stat, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Diagnosis, type Examination, ok, warning } from './diagnosis.ts';

/** Against the disk's own clock, and against files that cannot have been written in the future. */
export const examineClock: Examination = {
  id: 'clock',
  title: 'Clock',
  async examine({ root, platform }) {
    const home = join(root, '.workshop');
    await mkdir(home, { recursive: true, mode: 0o700 });
    const [newest, skew] = await Promise.all([newestFile(root), skewOf(home)]);
    return diagnoseClock({ now: Date.now(), newest, skew, platform });
  },
};

export function diagnoseClock(seen: {
  readonly now: number;
  /** Of files that were written before now; milliseconds of the epoch. */
  readonly newest: number;
  /** Milliseconds between our clock and that of the disk. */
  readonly skew: number;
  readonly platform: NodeJS.Platform;
}): Diagnosis {
  const { now, newest, skew, platform } = seen;
  const remedy = SET[platform] ?? SET_ON_LINUX;
  const ahead = newest - now;
  if (ahead > HOUR) return warning(`${duration(ahead)} behind: there are files from the future`, remedy);
  if (Math.abs(skew) > MOST_SKEW)
    return warning(`the disk's clock is ${duration(Math.abs(skew))} off (a network drive?)`, remedy);
  return ok('agrees with the files and the disk');
}

async function newestFile(root: string): Promise<number> {
  const files = [join(root, 'package.json'), join(root, '.workshop', 'journal.ndjson')];
  const times = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}

async function skewOf(home: string): Promise<number> {
  const file = join(home, `clock-${process.pid}`);
  const before = Date.now();
  try {
    await writeFile(file, '');
    const { mtimeMs } = await stat(file);
    return mtimeMs - (before + Date.now()) / 2;
  } finally {
    await rm(file, { force: true });
  }
}

function duration(milliseconds: number): string {
  const [size, word] = UNITS.find(([least]) => milliseconds >= 2 * least) ?? [1_000, 'seconds'];
  return `${Math.round(milliseconds / size)} ${word}`;
}

const HOUR = 3_600_000;
const MOST_SKEW = 5_000;
const UNITS: readonly (readonly [number, string])[] = [
  [24 * HOUR, 'days'],
  [HOUR, 'hours'],
  [60_000, 'minutes'],
];
const SET_ON_LINUX = 'sudo timedatectl set-ntp true';
const SET: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'sudo sntp -sS time.apple.com',
  win32: 'w32tm /resync',
};
