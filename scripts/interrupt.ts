import type { Releasers } from './releasers.ts';

export interface Interrupt {
  /** Aborted by the first Ctrl+C or `kill`, so that the command can end what it began. */
  readonly signal: AbortSignal;
  /** What a key does that means the same. */
  interrupt(): void;
}

/**
 * The second interruption ends the process at once. Our children see that their parent is gone and end by themselves.
 * One Ctrl+C arrives twice when npm is in between (from the terminal, and passed on by npm): that is still the first.
 */
export function listenForInterrupt(releasers: Releasers): Interrupt {
  const controller = new AbortController();
  let first = 0;
  const interrupt = () => {
    if (controller.signal.aborted && performance.now() - first > ECHO_MS) process.exit(FORCED);
    if (controller.signal.aborted) return;
    first = performance.now();
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  releasers.add(() => SIGNALS.forEach((signal) => process.off(signal, interrupt)));
  return { signal: controller.signal, interrupt };
}

/** Resolves when the signal is aborted. Keeps the process alive until then, whatever else does not. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  const holding = setInterval(() => undefined, LONGEST_INTERVAL_MS);
  return new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  }).finally(() => clearInterval(holding));
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** 128 and the number of SIGINT, as shells have it. */
const FORCED = 130;
/** A person does not press twice as fast, and npm passes it on sooner. */
const ECHO_MS = 300;
const LONGEST_INTERVAL_MS = 2 ** 31 - 1;
