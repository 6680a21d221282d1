import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { connect } from '../../database/connection.ts';
import type { EngineAddress } from '../../database/engine.ts';

export interface LivingProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/**
 * The processes that have to do with a folder: they name it, stand in it, or have it in their environment. PostgreSQL's
 * are not among them: it is shared and outlives its users. None on a system without /proc.
 */
export async function processesAbout(folder: string): Promise<LivingProcess[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map((pid) => look(pid, folder)));
  return found.filter((living) => living !== null);
}

/**
 * What has lost its parent ends a moment later and tells nobody: the compiler that each of our processes starts, a clinic
 * whose judge was killed.
 */
export async function expectNoProcesses(folder: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  let left = await processesAbout(folder);
  while (left.length > 0 && performance.now() < until) {
    await pause(20);
    left = await processesAbout(folder);
  }
  expect(left).toEqual([]);
}

async function look(pid: number, folder: string): Promise<LivingProcess | null> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const [stat, command, environment] = await Promise.all([read('stat'), read('cmdline'), read('environ')]);
  const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [program = ''] = command.split('\0');
  if (state === undefined || state === 'Z' || basename(program).startsWith('postgres')) return null;
  const about = [command, environment, place].some((text) => text.includes(folder));
  return about && pid !== process.pid
    ? { pid, parent: Number(parent), command: command.replaceAll('\0', ' ').trim() }
    : null;
}

/** The judges that a process has started. None on a system without /proc. */
export async function judgesOf(parent: number): Promise<number[]> {
  const all = await processesAbout('harness/judge/main.ts');
  return all.filter((one) => one.parent === parent).map(({ pid }) => pid);
}

/** Names of our databases that are no templates: what runs have made and not dropped. */
export async function copiesIn(address: EngineAddress): Promise<string[]> {
  const client = await connect(address, { ...address });
  try {
    const { rows } = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE datname LIKE 'second\\_opinion\\_%' AND datname NOT LIKE '%\\_template\\_%'",
    );
    return rows.map(({ datname }) => datname);
  } finally {
    await client.end();
  }
}

/** Copies of the learner's files that a run has made and not removed. */
export async function scratchIn(root: string): Promise<string[]> {
  const home = join(root, '.workshop', 'scratch');
  const names = await readdir(home, { recursive: true }).catch(() => []);
  return names.filter((name) => basename(name) === 'app');
}

const PATIENCE_MS = 20_000;
