import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkshopError } from '../../model/workshop-error.ts';
import type { Engine } from '../engine-address.ts';
import { type EngineOrder, type EngineReport, engineReportSchema } from './embedded/engine-message.ts';

/**
 * PGlite: PostgreSQL as WebAssembly, for machines that can run no native one. It runs in a process of this process's own
 * and ends with it. One that ends by itself is started again at the same place, with no databases in it.
 * Throws `ENGINE_UNAVAILABLE`.
 */
export async function startEmbedded(
  home: string,
  say: (line: string) => void = () => undefined,
): Promise<Engine> {
  const folder = await makeSocketFolder().catch((error: unknown) => {
    throw unavailable(error);
  });
  const order: EngineOrder = {
    home: path.join(home, 'embedded'),
    password: randomBytes(24).toString('base64url'),
    listen: folder === null ? { port: 0 } : { file: path.join(folder, `.s.PGSQL.${USUAL_PORT}`) },
  };
  let closing: Promise<void> | null = null;
  let running = startProcess(order, say);
  const follow = (child: EngineProcess, listen: EngineOrder['listen']) => {
    void child.ended.then(() => {
      if (closing !== null) return;
      const next = startProcess({ ...order, listen }, say);
      running = next;
      // One that can't be started again leaves nobody to connect to, and whoever tries is told so.
      next.ready.then(
        () => follow(next, listen),
        () => undefined,
      );
    });
  };
  const close = async () => {
    await running.kill();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  };
  try {
    const { version, port } = await running.ready;
    follow(running, folder === null ? { port } : order.listen);
    const place = folder === null ? { host: '127.0.0.1', port } : { host: folder, port: USUAL_PORT };
    const address = { ...PLAIN, ...place, password: order.password, version };
    return { address, close: () => (closing ??= close()) };
  } catch (error) {
    await close();
    throw unavailable(error);
  }
}

interface EngineProcess {
  readonly ready: Promise<Extract<EngineReport, { type: 'ready' }>>;
  readonly ended: Promise<void>;
  kill(): Promise<void>;
}

function startProcess(order: EngineOrder, say: (line: string) => void): EngineProcess {
  const child = fork(MAIN, {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const ready = new Promise<Extract<EngineReport, { type: 'ready' }>>((resolve, reject) => {
    child.on('message', (message) => {
      const report = engineReportSchema.parse(message);
      if (report.type === 'progress') say(report.line);
      else if (report.type === 'ready') resolve(report);
      else reject(new Error(report.reason));
    });
    void ended.then(() =>
      reject(new Error(words.trim() === '' ? 'its process ended at once' : words.trim())),
    );
  });
  ready.catch(() => undefined);
  child.send(order);
  // What is owned must not keep its owner: whoever forgets to close can still end.
  void ready.then(
    () => {
      child.unref();
      child.channel?.unref();
    },
    () => undefined,
  );
  return {
    ready,
    ended,
    async kill() {
      child.ref();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Private, and short: the file of a unix socket may have a path of 103 bytes at most on macOS. `null` on Windows. */
async function makeSocketFolder(): Promise<string | null> {
  if (process.platform === 'win32') return null;
  const temporary = os.tmpdir().length <= LONGEST_FOLDER ? os.tmpdir() : '/tmp';
  return mkdtemp(path.join(temporary, 'second-opinion-'));
}

function unavailable(error: unknown): WorkshopError {
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkshopError('ENGINE_UNAVAILABLE', `The embedded database could not be started: ${reason}`, {
    remedy: 'Set DATABASE_URL to a PostgreSQL of your own (14 or newer) and start again.',
    cause: error,
  });
}

const MAIN = fileURLToPath(new URL('./embedded/main.ts', import.meta.url));
const PLAIN = { kind: 'embedded', user: 'postgres', database: 'postgres', ssl: false } as const;
/** It only names the socket. */
const USUAL_PORT = 5432;
const LONGEST_FOLDER = 60;
