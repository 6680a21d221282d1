import type { PGlite } from '@electric-sql/pglite';

/**
 * A backend hears of a cancel request and of its own time limits by signals. Inside WebAssembly there are none: the
 * timer is a timer of JavaScript, which never fires while the backend computes. So the timer is only written down where
 * the main thread reads it, and the main thread interrupts this one and calls what the signal's handler would do.
 *
 * To be created before the backend, whose imports it changes.
 */
export function createSignals(alarm: Float64Array): { of(backend: PGlite): SignalHandlers } {
  let fire: Timeout | undefined;
  const { WebAssembly: assembly } = globalThis as unknown as { WebAssembly: WebAssemblyInterface };
  const instantiate = assembly.instantiate.bind(assembly);
  assembly.instantiate = async (source, imports) => {
    const { env } = imports ?? {};
    if (env !== undefined && TIMER in env) {
      env[TIMER] = (_which: number, milliseconds: number) => {
        alarm[0] = milliseconds > 0 ? Date.now() + milliseconds : 0;
        return 0;
      };
    }
    const instance = await instantiate(source, imports);
    fire ??= instance.exports?._emscripten_timeout;
    return instance;
  };
  return {
    of: (backend) => ({
      receive(signal) {
        const machine = backend.Module as unknown as Machine;
        if (signal === 'alarm') {
          alarm[0] = 0;
          fire?.(REAL_TIME, performance.now());
          return;
        }
        machine.HEAPU8[machine._QueryCancelPending] = 1;
        machine.HEAPU8[machine._InterruptPending] = 1;
        // What sleeps looks at its latch, of which `is_set` is the first field.
        const [latch] = new Uint32Array(machine.HEAPU8.buffer, machine._MyLatch, 1);
        if (latch !== undefined) machine.HEAPU8[latch] = 1;
      },
      forget() {
        const machine = backend.Module as unknown as Machine;
        machine.HEAPU8[machine._QueryCancelPending] = 0;
      },
    }),
  };
}

export interface SignalHandlers {
  receive(signal: Signal): void;
  /** What was asked too late, of a run that had ended. */
  forget(): void;
}

export type Signal = 'cancel' | 'alarm';

/** The name under which the thread has its signals' handler. */
export const SIGNAL_FUNCTION = 'secondOpinionSignal';

interface Machine {
  readonly HEAPU8: Uint8Array;
  readonly _QueryCancelPending: number;
  readonly _InterruptPending: number;
  readonly _MyLatch: number;
}

type Timeout = (which: number, now: number) => void;

interface WebAssemblyInterface {
  instantiate(
    source: unknown,
    imports?: Record<string, Record<string, unknown>>,
  ): Promise<{ readonly exports?: { readonly _emscripten_timeout?: Timeout } }>;
}

/** The program asks for its timer by this function. */
const TIMER = '_setitimer_js';
/** The only one of POSIX's three timers that PostgreSQL uses. */
const REAL_TIME = 0;
