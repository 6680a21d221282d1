import { Worker } from 'node:worker_threads';

/**
 * Watches the main thread from a second one. When the main thread has not breathed for `blockedMs`, or the process
 * holds more than `residentBytes`, it asks the inspector where the main thread stands, reports that place on
 * descriptor 4 and kills the process. It counts its own ticks and not the clock, so a laptop that slept is not a loop.
 */
export function startWatchdog(limits: { readonly blockedMs: number; readonly residentBytes: number }): void {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beat, 0, 1), TICK_MS).unref();
  const worker = new Worker(WORKER, {
    eval: true,
    execArgv: [],
    workerData: { beat, ...limits, tick: TICK_MS },
  });
  worker.unref();
}

const TICK_MS = 100;

// A string, because a worker needs a file of its own or a text, and this one must not go through the TypeScript loader.
const WORKER = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const { SourceMap } = require('node:module');
const inspector = require('node:inspector');
const parent = process.ppid;
let last = -1, silent = 0, asked = false, looks = 50;

function end(report) {
  try { writeSync(4, JSON.stringify(report) + '\\n'); } catch {}
  process.kill(process.pid, 'SIGKILL');
}

function endGroup() {
  try { process.kill(-process.pid, 'SIGKILL'); } catch { process.kill(process.pid, 'SIGKILL'); }
}

function place(callFrame, scripts) {
  const script = scripts.get(callFrame.location.scriptId) ?? {};
  let line = callFrame.location.lineNumber + 1, column = (callFrame.location.columnNumber ?? 0) + 1;
  try {
    const data = /^data:[^,]*;base64,(.*)$/s.exec(script.sourceMapURL ?? '');
    if (data) {
      const entry = new SourceMap(JSON.parse(Buffer.from(data[1], 'base64'))).findEntry(line - 1, column - 1);
      if (entry.originalLine !== undefined) { line = entry.originalLine + 1; column = entry.originalColumn + 1; }
    }
  } catch {}
  return { file: script.url || callFrame.url || '', line, column, name: callFrame.functionName || '' };
}

function isOwn({ file }) {
  return file.startsWith('file:') && !file.includes('/node_modules/');
}

function accuse(report) {
  asked = true;
  setTimeout(() => end({ ...report, frames: [] }), 4000);
  try {
    const session = new inspector.Session();
    const scripts = new Map();
    session.connectToMainThread();
    session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params));
    session.on('Debugger.paused', ({ params }) => {
      const frames = params.callFrames.slice(0, 20).map((f) => place(f, scripts));
      // A loop of promises is asked between two of its turns, where nobody's code stands: its next one is a step away.
      if (frames.some(isOwn) || (looks -= 1) <= 0) return end({ ...report, frames });
      session.post('Debugger.stepInto');
    });
    session.post('Debugger.enable');
    session.post('Debugger.pause');
  } catch { end({ ...report, frames: [] }); }
}

setInterval(() => {
  if (process.ppid !== parent) endGroup();
  if (asked) return;
  const now = Atomics.load(workerData.beat, 0);
  silent = now === last ? silent + workerData.tick : 0;
  last = now;
  const resident = process.memoryUsage.rss();
  if (resident > workerData.residentBytes) accuse({ type: 'memory', bytes: resident });
  else if (silent >= workerData.blockedMs) accuse({ type: 'blocked', milliseconds: silent });
}, workerData.tick);
`;
