/** One PGlite in a thread of its own, so that what it computes holds nobody else up, and it can be ended at any time. */
import { PGlite } from '@electric-sql/pglite';
import { auto_explain } from '@electric-sql/pglite/contrib/auto_explain';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { type MessagePort, parentPort, threadId, workerData } from 'node:worker_threads';
import { guardUser } from './guard.ts';
import { NEW_DATA, START_PARAMETERS } from './start-parameters.ts';
import { createSignals, type Signal, SIGNAL_FUNCTION } from './signals.ts';
import { dataFilesOf, type Snapshot, SnapshotFiles, takeSnapshot } from './snapshot.ts';
import type { ThreadOrder, ThreadReport, ThreadStart } from './thread-message.ts';

await serve(parentPort);

async function serve(port: MessagePort | null): Promise<void> {
  if (port === null) throw new Error('this file is the program of a thread');
  const tell = (report: ThreadReport) => port.postMessage(report);
  const orders = readOrders(port);
  const { program, bundle, alarm, fromNothing } = workerData as ThreadStart;
  const signals = createSignals(new Float64Array(alarm));

  const load = async (): Promise<Snapshot> => {
    tell({ type: 'warm' });
    const { value } = await orders.next();
    if (value?.type !== 'load') throw new Error('data was expected first');
    return value.snapshot;
  };
  const backend = await PGlite.create({
    ...(fromNothing
      ? { initDbStartParams: NEW_DATA }
      : { fs: new SnapshotFiles(Promise.resolve().then(load)) }),
    pgliteWasmModule: program as never,
    fsBundle: { arrayBuffer: async () => new Uint8Array(bundle).slice().buffer } as Blob,
    startParams: [...START_PARAMETERS],
    extensions: { pg_trgm, auto_explain },
  });
  const { receive, forget } = signals.of(backend);
  let current = 0;
  const hear = (thread: number, number: number, signal: Signal) => {
    if (thread === threadId && number === current) receive(signal);
    return thread === threadId;
  };
  Object.assign(globalThis, { [SIGNAL_FUNCTION]: hear });

  const run = async (bytes: Uint8Array): Promise<Uint8Array> => {
    const chunks: Uint8Array[] = [];
    const onRawData = (chunk: Uint8Array) => void chunks.push(chunk.slice());
    await backend.execProtocolRawStream(bytes, { syncToFs: false, onRawData });
    return Uint8Array.from(Buffer.concat(chunks));
  };
  tell({ type: 'ready', greeting: await backend.execProtocolRaw(startupPacket(), { syncToFs: false }) });
  for await (const order of orders) {
    if (order.type === 'run') {
      guardUser(backend, order.isGuarded);
      forget();
      current = order.number;
      const bytes = await run(order.bytes);
      current = 0;
      tell({ type: 'ran', bytes });
    } else if (order.type === 'snapshot')
      tell({ type: 'snapshot', snapshot: takeSnapshot(dataFilesOf(backend), order.log) });
  }
}

async function* readOrders(port: MessagePort): AsyncGenerator<ThreadOrder, undefined> {
  const waiting: ThreadOrder[] = [];
  let wake = () => {};
  port.on('message', (order: ThreadOrder) => {
    waiting.push(order);
    wake();
  });
  for (;;) {
    const order = waiting.shift();
    if (order === undefined) await new Promise<void>((resolve) => (wake = resolve));
    else yield order;
  }
}

function startupPacket(): Uint8Array {
  const body = Buffer.from('\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Uint8Array.from(Buffer.concat([length, body]));
}
