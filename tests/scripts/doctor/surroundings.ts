import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Diagnosis, Examination, Surroundings } from '../../../scripts/doctor/diagnosis.ts';
import { writeFiles } from '../../store/temporary-folder.ts';

/** This computer, with a folder of its own in the place of the workshop. Gone when the test ends. */
export async function surroundings(
  files: Readonly<Record<string, string>> = {},
  parts: Partial<Surroundings> = {},
): Promise<Surroundings> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'second-opinion-doctor-')));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));
  await writeFiles(root, files);
  return {
    root,
    environment: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    platform: process.platform,
    nodeVersion: process.version,
    ports: { guide: 0, clinic: 0 },
    ...parts,
  };
}

/** A PATH on which nothing lies but these programs, shell scripts by their text. */
export async function pathWith(programs: Readonly<Record<string, string>>): Promise<NodeJS.ProcessEnv> {
  const folder = await mkdtemp(join(tmpdir(), 'second-opinion-path-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await writeFiles(folder, programs);
  for (const name of Object.keys(programs)) await chmod(join(folder, name), 0o755);
  return { PATH: folder };
}

/** What is tried with scripts on PATH is tried where shells are. */
export const hasShell = process.platform !== 'win32';

export const script = (text: string) => `#!/bin/sh\n${text}\n`;

export function examined(examination: Examination, seen: Surroundings): Promise<Diagnosis> {
  return examination.examine(seen, AbortSignal.timeout(50_000));
}
