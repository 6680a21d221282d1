import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { ROOT } from './texts.ts';

export interface ScratchWorkshop {
  readonly root: string;
  /** Types a line into a shell, in the workshop or in a folder of it, and answers when it has ended. */
  type(line: string, folder?: string): Promise<Ending>;
  /** Types a line that runs until it is ended: ends it when it has said this. Rejects when it ends before. */
  typeUntil(line: string, said: RegExp, folder?: string): Promise<string>;
  remove(): Promise<void>;
}

export interface Ending {
  readonly code: number | null;
  /** What it printed, on either stream. */
  readonly said: string;
}

/** A workshop as somebody has it who has cloned and installed it: all steps, the clinic as shipped, nothing done yet. */
export async function createScratchWorkshop(): Promise<ScratchWorkshop> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'second-opinion-')));
  // Run as root, PostgreSQL lives as another user in the folder for temporary files: that one is to vanish as well.
  await mkdir(join(root, 'tmp'));
  await Promise.all([chmod(root, 0o755), chmod(join(root, 'tmp'), 0o755)]);
  await Promise.all(
    PARTS.map((name) => cp(join(ROOT, name), join(root, name), { recursive: true, filter: isSource })),
  );
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
  for (const [path, bytes] of await (await openWorkspace({ root: ROOT })).baseline()) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
  const start = (line: string, folder: string) =>
    spawn(line, { cwd: join(root, folder), shell: true, detached: true, env: environment(root) });
  return {
    root,
    type: (line, folder = '.') => ending(start(line, folder)),
    typeUntil: (line, said, folder = '.') => saying(start(line, folder), said),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function ending(child: ReturnType<typeof spawn>): Promise<Ending> {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')));
  child.stdin?.end();
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, said };
}

async function saying(child: ReturnType<typeof spawn>, expected: RegExp): Promise<string> {
  const ended = ending(child);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (expected.test(said)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', hear);
    void ended.then(({ code, said: all }) => reject(new Error(`It ended with ${code} and said:\n${all}`)));
  });
  // The shell, npm and what npm runs are one group, as they are for Ctrl+C in a terminal.
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  await ended;
  return said;
}

/** As a learner's terminal, not as vitest's worker. */
function environment(root: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV|TEST$|FORCE_COLOR|npm_|DATABASE_URL)/.test(name),
  );
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
  return { ...Object.fromEntries(own), PATH: path, TMPDIR: join(root, 'tmp') };
}

const isSource = (path: string) =>
  !/[\\/](node_modules|dist|\.git|\.workshop)([\\/]|$)/.test(path.slice(ROOT.length));

const PARTS = [
  'clinic',
  'database',
  'docs',
  'fixtures',
  'harness',
  'launch',
  'model',
  'runner',
  'scripts',
  'steps',
  'store',
  '.gitignore',
  'package.json',
  'tsconfig.json',
  'vitest.steps.config.ts',
];
