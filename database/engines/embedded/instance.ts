import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { interrupt } from './interrupt.ts';
import type { Signal } from './signals.ts';
import type { LogRange, Snapshot } from './snapshot.ts';
import type { ThreadOrder, ThreadReport, ThreadStart } from './thread-message.ts';

/** One backend, seen from the main thread. One order at a time. */
export interface Instance {
  /** What the backend said to its first session: its settings. */
  readonly greeting: Promise<Buffer>;
  /** Resolves when the thread has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Begins with these data; to be called once, unless it began from nothing. */
  load(snapshot: Snapshot): void;
  /**
   * Messages of a client to the backend's answer. Rejects when the thread ends before. `isGuarded`: none of them can
   * change who the session is.
   */
  run(bytes: Buffer, options?: { readonly isGuarded: boolean }): Promise<Buffer>;
  snapshot(log: LogRange): Promise<Snapshot>;
  /** Breaks off what is being run. What hears of nothing any more is ended. */
  cancel(): void;
  end(): Promise<void>;
}

/** What every thread shares: the compiled program and the files that come with it. */
export interface Programs {
  readonly program: object;
  readonly bundle: SharedArrayBuffer;
}

export async function readPrograms(): Promise<Programs> {
  const [wasm, data] = await Promise.all([readPart('pglite.wasm'), readPart('pglite.data')]);
  const bundle = new SharedArrayBuffer(data.length);
  new Uint8Array(bundle).set(data);
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: { compile(bytes: Buffer): Promise<object> };
  };
  return { program: await WebAssembly.compile(wasm), bundle };
}

export function startInstance(
  programs: Programs,
  { fromNothing }: { readonly fromNothing: boolean },
): Instance {
  const alarm = new SharedArrayBuffer(8);
  const due = new Float64Array(alarm);
  const start: ThreadStart = { ...programs, alarm, fromNothing };
  const worker = new Worker(BEGIN, { workerData: start });
  let lost: Error | null = null;
  // Not by a reaction to `ended`, which would keep every answer for as long as the thread lives.
  const waiting = new Set<(reason: Error) => void>();
  const ended = new Promise<void>((resolve) => {
    worker.once('error', (error) => (lost ??= error instanceof Error ? error : new Error(String(error))));
    worker.once('exit', () => {
      const reason = (lost ??= new Error('the embedded database’s thread has ended'));
      waiting.forEach((reject) => reject(reason));
      resolve();
    });
  });
  const send = (order: ThreadOrder) => worker.postMessage(order);
  const report = <Type extends ThreadReport['type']>(type: Type) =>
    new Promise<Extract<ThreadReport, { type: Type }>>((resolve, reject) => {
      if (lost !== null) return reject(lost);
      const hear = (found: ThreadReport) => {
        if (found.type !== type) return;
        worker.off('message', hear);
        waiting.delete(reject);
        resolve(found as Extract<ThreadReport, { type: Type }>);
      };
      worker.on('message', hear);
      waiting.add(reject);
    });
  let runs = 0;
  const signal = (which: Signal, run: number) => {
    void interrupt(worker.threadId, run, which).catch(() => undefined);
  };

  const greeting = report('ready').then((ready) => Buffer.from(ready.greeting));
  greeting.catch(() => undefined);
  return {
    greeting,
    ended,
    load: (snapshot) => send({ type: 'load', snapshot }),
    async run(bytes, { isGuarded } = { isGuarded: false }) {
      const ran = report('ran');
      const number = (runs += 1);
      send({ type: 'run', number, bytes, isGuarded });
      const watch = setInterval(() => {
        const at = due[0] ?? 0;
        if (at > 0 && Date.now() >= at) signal('alarm', number);
      }, WATCH);
      return Buffer.from((await ran.finally(() => clearInterval(watch))).bytes);
    },
    async snapshot(log) {
      const taken = report('snapshot');
      send({ type: 'snapshot', log });
      return (await taken).snapshot;
    },
    cancel: () => signal('cancel', runs),
    async end() {
      await worker.terminate();
      await ended;
    },
  };
}

const readPart = (name: string) =>
  readFile(fileURLToPath(import.meta.resolve(`@electric-sql/pglite/${name}`)));

/** A thread does not inherit the loader of TypeScript, so it begins with it. */
const BEGIN = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { register } from '${import.meta.resolve('tsx/esm/api')}';
    register();
    await import('${new URL('./thread.ts', import.meta.url).href}');`)}`,
);
/** Milliseconds between looks at the alarm of a backend that computes. */
const WATCH = 25;
