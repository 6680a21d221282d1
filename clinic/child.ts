/**
 * The process that runs the learner's code, and the only one that does. It loads what every clinic needs, waits for
 * an order, and then becomes the clinic. It is started in its own process group and killed whole.
 */
import 'express';
import 'pg';
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { keepOnLoopback } from './loopback.ts';
import type { ClinicReport, LoadOrder } from './report.ts';
import { startWarmUp } from './warm-up.ts';
import { startWatchdog } from './watchdog.ts';

/** A main thread that does not answer for this long is a loop, not a slow laptop. */
const BLOCKED_MS = 4_000;
/** A clinic with a dozen patients needs about 110 MB (measured with tsx on Node 20). */
const RESIDENT_BYTES = 450 * 1024 * 1024;

process.setSourceMapsEnabled(true);
Error.stackTraceLimit = 50;
const exitForReal = process.exit.bind(process);
const killForReal = process.kill.bind(process);

process.on('uncaughtExceptionMonitor', (error: unknown, origin) =>
  report({ type: 'crashed', origin, ...described(error) }),
);
process.once('disconnect', endWithAll);
process.once('message', (order) => void become(order as LoadOrder));
startWatchdog({ blockedMs: BLOCKED_MS, residentBytes: RESIDENT_BYTES });
report({ type: 'ready' });
const warmUp = startWarmUp();

async function become(order: LoadOrder): Promise<void> {
  await warmUp.end();
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, order.environment);
  process.chdir(order.directory);
  keepOnLoopback((port) => report({ type: 'listening', port }));
  process.exit = tracedExit;
  process.kill = tracedKill;
  // From here on only the clinic's own work keeps the process alive: one that never listens ends, and says so.
  process.channel?.unref();
  try {
    await import(pathToFileURL(order.entry).href);
  } catch (error) {
    report({ type: 'load-failed', ...described(error) });
    exitForReal(1);
  }
}

/** Whoever started us is gone, and can't end what the clinic has started. */
function endWithAll(): void {
  try {
    killForReal(-process.pid, 'SIGKILL');
  } catch {
    exitForReal(0);
  }
}

function tracedExit(code?: number | string | null): never {
  report({
    type: 'exit-called',
    code: Number(code ?? process.exitCode ?? 0),
    stack: new Error('process.exit').stack ?? '',
  });
  return exitForReal(code);
}

/** Its own process, or its whole group; 0 is a question and no signal. */
function tracedKill(pid: number, signal?: string | number): true {
  const isOwn = [process.pid, -process.pid, 0].includes(pid) && signal !== 0;
  if (isOwn)
    report({
      type: 'kill-called',
      signal: String(signal ?? 'SIGTERM'),
      stack: new Error('process.kill').stack ?? '',
    });
  return killForReal(pid, signal);
}

function described(error: unknown) {
  if (!(error instanceof Error)) return { name: 'Thrown', message: String(error), code: '', stack: '' };
  const code = 'code' in error ? String(error.code) : '';
  return { name: error.name, message: error.message, code, stack: error.stack ?? '' };
}

/** Written at once, because the process may be gone in the next moment. */
function report(what: ClinicReport): void {
  try {
    writeSync(4, JSON.stringify(what) + '\n');
  } catch {
    // The parent is gone, and `disconnect` ends this process.
  }
}
