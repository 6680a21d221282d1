import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

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
  close(): Promise<void>;
}

export async function startSession(root: string, environment: NodeJS.ProcessEnv): Promise<Session> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      join('scripts', 'cli.ts'),
      'start',
      '--no-open',
      '--port',
      '0',
      '--app-port',
      '0',
      '--step',
      '7',
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment, NO_COLOR: '1' } },
  );
  const exited = once(child, 'exit');
  const said = listen(child);
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
    const [page, clinic, verdict] = await Promise.all([
      first,
      said(/The clinic runs/),
      said(/(Failed|Passed) {2}/),
    ]);
    return {
      pid: child.pid ?? 0,
      ...page,
      clinic: clinic.at - started,
      verdict: verdict.at - started,
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
  return (words: RegExp) =>
    new Promise<{ readonly at: number; readonly match: RegExpExecArray }>((resolve, reject) => {
      const look = () => {
        const match = words.exec(text);
        if (match !== null) resolve({ at: performance.now(), match });
      };
      listeners.add(look);
      child.once('exit', () => reject(new Error(`start ended before it said ${words}: ${text}`)));
      look();
    });
}
