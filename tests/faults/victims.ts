import { readdir, readFile } from 'node:fs/promises';
import { serversUnder } from '../database/private-home.ts';
import { processesAbout } from './left-behind.ts';

/** The processes of a workshop, by what they do. */
export const VICTIMS = ['daemon', 'judge', 'clinic', 'session', 'postgres', 'command'] as const;
export type Victim = (typeof VICTIMS)[number];

/** Those of the workshop in `root` that live now. The daemon also holds the wire tap of the clinic on screen. */
export async function findVictims(root: string, victim: Victim): Promise<readonly number[]> {
  if (victim === 'postgres') return (await serversUnder(root)).map(Number);
  if (victim === 'session') return childrenOf(await serversUnder(root));
  const running = await processesAbout(root);
  return running.filter(({ command }) => command.includes(PROGRAMS[victim])).map(({ pid }) => pid);
}

async function childrenOf(parents: readonly string[]): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return pids
    .filter((_, i) => {
      const stat = stats[i] ?? '';
      return parents.includes(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '');
    })
    .map(Number);
}

const PROGRAMS = {
  daemon: 'cli.ts start',
  judge: 'harness/judge/main.ts',
  clinic: 'clinic/child.ts',
  command: 'cli.ts check',
} as const;
