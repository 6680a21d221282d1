import { readdir, readFile } from 'node:fs/promises';

/** A process, and what it holds of the memory; shared pages are counted in parts (PSS), so that a sum is true. */
export interface MemoryOf {
  readonly pid: number;
  /** What it is for, in our words. */
  readonly part: string;
  readonly megabytes: number;
}

/** The process and all below it. Linux only; elsewhere `null`. */
export async function memoryOfTree(root: number): Promise<readonly MemoryOf[] | null> {
  if (process.platform !== 'linux') return null;
  const parents = await parentsOfAll();
  const within = (pid: number): boolean =>
    pid === root || (parents.has(pid) && within(parents.get(pid) ?? 0));
  const pids = [...parents.keys()].filter(within);
  const all = await Promise.all(pids.map(async (pid) => memoryOf(pid, root)));
  return all.flatMap((one) => (one === null ? [] : [one]));
}

export function totalOf(tree: readonly MemoryOf[]): number {
  return tree.reduce((sum, { megabytes }) => sum + megabytes, 0);
}

async function parentsOfAll(): Promise<ReadonlyMap<number, number>> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  return parents;
}

async function memoryOf(pid: number, root: number): Promise<MemoryOf | null> {
  const [rollup, command] = await Promise.all(
    ['smaps_rollup', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
  );
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(rollup ?? '')?.[1];
  if (kilobytes === undefined) return null;
  const part = pid === root ? 'daemon' : partOf((command ?? '').replaceAll('\0', ' '));
  return { pid, part, megabytes: (Number(kilobytes) * 1024) / 1e6 };
}

export function partOf(command: string): string {
  return PARTS.find(([pattern]) => pattern.test(command))?.[1] ?? 'other';
}

const PARTS: readonly (readonly [RegExp, string])[] = [
  [/postgres|initdb|pg_ctl/, 'postgres'],
  [/esbuild/, 'esbuild'],
  [/judge[\\/]main/, 'judge'],
  [/clinic[\\/]child/, 'clinic'],
  [/engines[\\/]embedded/, 'embedded database'],
];
