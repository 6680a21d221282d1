import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** `npm start` (without npm) in a workshop of its own. Times are milliseconds from the command. */
export interface Session {
  readonly pid: number;
  readonly guideUrl: string;
  /** To the guide's address. */
  readonly guide: number;
  /** To the whole of the first page that is asked for, the step with its code. */
  readonly firstPage: number;
  /** To a clinic that answers, and to the first verdict. */
  readonly clinic: number;
  readonly verdict: number;
  /** Resolves with the next verdict after `change` of the files. */
  judged(change: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

export async function startSession(root: string, environment: NodeJS.ProcessEnv): Promise<Session> {
  const args = await startArguments(root);
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [...args, '--no-open', '--port', '0', '--app-port', '0', '--step', '7'],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment, NO_COLOR: '1' } },
  );
  const exited = once(child, 'exit');
  const { said, forget } = listen(child);
  const close = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  try {
    const first = said(/Guide +(http\S+?)\/steps\/(\S+)/).then(async ({ at, match }) => {
      const guideUrl = match[1] ?? '';
      const page = await fetch(`${guideUrl}/steps/${match[2]}`);
      await page.text();
      return { guideUrl, guide: at - started, firstPage: performance.now() - started };
    });
    const [page, clinic, verdict] = await Promise.all([first, said(/The clinic runs/), said(VERDICT)]);
    return {
      pid: child.pid ?? 0,
      ...page,
      clinic: clinic.at - started,
      verdict: verdict.at - started,
      async judged(change) {
        forget();
        await change();
        await said(VERDICT);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(child: ChildProcess) {
  const listeners = new Set<() => void>();
  let text = '';
  const hear = (chunk: Buffer) => {
    text += chunk.toString('utf8');
    for (const look of [...listeners]) look();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const said = (words: RegExp) =>
    new Promise<{ readonly at: number; readonly match: RegExpExecArray }>((resolve, reject) => {
      const look = () => {
        const match = words.exec(text);
        if (match !== null) resolve({ at: performance.now(), match });
      };
      listeners.add(look);
      child.once('exit', () => reject(new Error(`start ended before it said ${words}: ${text}`)));
      look();
    });
  return { said, forget: () => void (text = '') };
}

/** What package.json tells Node for `npm start`: the flags belong to what is measured. */
async function startArguments(root: string): Promise<readonly string[]> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  const { scripts } = z.object({ scripts: z.object({ start: z.string() }) }).parse(JSON.parse(text));
  return scripts.start.split(' ').slice(1);
}

const VERDICT = /(Failed|Passed) {2}/;
