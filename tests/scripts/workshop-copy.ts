import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { computeBaseline } from '../../store/workspace/baseline.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';

export interface WorkshopCopy {
  readonly root: string;
  write(path: string, text: string): Promise<void>;
  /** Runs the real CLI in the copy to its end, without a terminal. */
  cli(...args: string[]): Promise<Outcome>;
  remove(): Promise<void>;
}

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * A workshop of its own in a temporary folder: the real code, a tiny `app/` and the steps given. Nothing of it
 * touches the real `app/` or `.workshop/`.
 */
export async function copyWorkshop(
  files: Readonly<Record<string, string>>,
  app: 'tiny' | 'shipped' = 'tiny',
): Promise<WorkshopCopy> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'second-opinion-')));
  // Run as root, PostgreSQL lives as another user in the folder for temporary files: that one is to vanish as well.
  await mkdir(join(root, 'tmp'));
  await Promise.all([chmod(root, 0o755), chmod(join(root, 'tmp'), 0o755)]);
  const rooms = app === 'tiny' ? ROOMS : [...ROOMS, 'app'];
  await Promise.all(
    rooms.map((name) => cp(join(HERE, name), join(root, name), { recursive: true, filter: isOurs })),
  );
  await symlink(join(HERE, 'node_modules'), join(root, 'node_modules'), 'junction');
  await mkdir(join(root, 'steps'), { recursive: true });
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    // In one step: whoever watches could otherwise judge the empty file in between.
    const beside = join(root, 'tmp', `written-${randomUUID()}`);
    await writeFile(beside, text);
    await rename(beside, join(root, path));
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  const shipped = await (await openWorkspace({ root })).files();
  await write('steps/baseline.json', JSON.stringify(computeBaseline(shipped)));
  return {
    root,
    write,
    cli: (...args) => runCli(root, args),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Starts the CLI of a copy, from its sources or as npm does; its output is to be read by the caller. */
export function spawnCli(
  root: string,
  args: readonly string[],
  environment: Record<string, string> = {},
  from: keyof typeof PROGRAMS = 'sources',
) {
  return spawn(process.execPath, [...PROGRAMS[from](root), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...bareEnvironment(), TMPDIR: join(root, 'tmp'), ...environment },
  });
}

async function runCli(root: string, args: readonly string[]): Promise<Outcome> {
  const child = spawnCli(root, args);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

/** As a learner's terminal, not as vitest's worker: a step's file would register tests there. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV|TEST$|FORCE_COLOR)/.test(name),
  );
  return Object.fromEntries(own);
}

const isOurs = (path: string) => !/[\\/](node_modules|dist|\.git)([\\/]|$)/.test(path.slice(HERE.length));
const PROGRAMS = {
  sources: (root: string) => ['--import', 'tsx', join(root, 'scripts', 'cli.ts')],
  npm: (root: string) => [join(root, 'launch', 'run.js'), 'scripts/cli.ts'],
} as const;
const HERE = resolve(import.meta.dirname, '..', '..');
const ROOMS = [
  'clinic',
  'database',
  'docs',
  'fixtures',
  'harness',
  'launch',
  'model',
  'runner',
  'scripts',
  'store',
  'package.json',
  'tsconfig.json',
];
